"""Where the diaspora lives: outlines, projection, counts by place, and the maps made of them."""
