// Live pages; see below.
