"""Charts and maps as shapes, which the window draws, and PDF and SVG files hold: what is seen is what prints."""
