"""The screens that are measured beside each other: one filter and one map, by the portal and by folium alone."""
