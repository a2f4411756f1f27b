/// What a load works on: resources to make, folders to fill, the turns that servers take.
@org.jspecify.annotations.NullMarked
package dev.slipway.bench.lab;
