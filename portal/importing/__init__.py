"""Files in: what an import would change is worked out first, shown, and then done in one transaction."""
