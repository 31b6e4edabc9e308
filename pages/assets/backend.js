// Tells Streamlit's page where its server is: left alone it tries every folder above the address of a screen,
// and each that is none is an error in the console.
"use strict";
window.__streamlit = { BACKEND_BASE_URL: new URL("..", document.currentScript.src).href };
