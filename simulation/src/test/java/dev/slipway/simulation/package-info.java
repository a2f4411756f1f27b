/// The whole platform on one thread, with a clock, a medium and chance that obey a seed. Read
/// [dev.slipway.simulation.Simulation] first.
package dev.slipway.simulation;
