"""Evidence: BagIt bundles, facts about exhibits, verification."""
