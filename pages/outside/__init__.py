"""What the portal asks of other machines, and how it keeps that from being turned against it."""
