// Before Leaflet: whoever asks their system for less motion gets a map that does not glide.
"use strict";
window.L_DISABLE_3D = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
window.ibasho = {};
