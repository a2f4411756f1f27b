// The code stands behind the # of the address, which browsers never send: it is used up by this page only.
"use strict";
const code = window.location.hash.slice(1);
if (code) {
  window.history.replaceState(null, "", window.location.pathname);
  document.getElementById("state").textContent = "Signing in…";
  document.getElementById("code").value = code;
  document.querySelector("form").submit();
}
