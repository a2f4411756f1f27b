package dev.slipway.expression.library;

/// What is wrong with the part of a checked expression that has this id.
public record Misuse(long id, String message) {}
