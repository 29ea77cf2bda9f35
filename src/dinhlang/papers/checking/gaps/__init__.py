"""What is lacking, and where the roadmap takes it up."""
