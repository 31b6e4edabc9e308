"""What is printed of a review: the report as a PDF, and any page of ours as one."""
