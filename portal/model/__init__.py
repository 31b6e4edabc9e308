"""The nouns of the portal: frozen records that are checked when they are made."""
