-- Finds which reactions that were taken back are due to be purged.
CREATE INDEX reaction_by_removal ON reaction (removed_at) WHERE removed_at IS NOT NULL;
