"""What happens to an item between the spider and MongoDB: validate, clean, store."""

from typing import Final

__all__ = ["PIPELINES"]

PIPELINES: Final = {
    "crawler.pipelines.validate.ValidatePipeline": 100,
    "crawler.pipelines.clean.CleanPipeline": 200,
    "crawler.pipelines.store.StorePipeline": 300,
}
"""In their order, as the setting ITEM_PIPELINES wants them."""
