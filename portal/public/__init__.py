"""What anybody may see, without a sign-in: the one gate of plain pages, feeds, embeds, exports and plain files."""
