from meritorder.config.amounts import money
from meritorder.config.discover.clouds import CLOUDS
from meritorder.types.request import ABILITIES


def test_every_cloud_offers_a_cheaper_and_a_better_model():
    for cloud in CLOUDS:
        small, large = cloud.models
        assert small.quality < large.quality
        assert money(small.output) < money(large.output)
        assert set(cloud.abilities) <= set(ABILITIES)


def test_a_model_that_two_clouds_offer_is_described_alike():
    described: dict[str, tuple[float, int, int]] = {}
    for model in (model for cloud in CLOUDS for model in cloud.models):
        facts = (model.quality, model.context, model.max_output)
        assert described.setdefault(model.name, facts) == facts
