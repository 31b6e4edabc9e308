"""The pages of a review: plain HTML for the office, each figure with how it is counted and the files that hold it."""
