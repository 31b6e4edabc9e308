"""What the server answers besides the screens: map data, health, assets, headers, languages, errors."""
