"""What a post may be tagged with: hashtags and people, by what the user did before and by what the article says."""
