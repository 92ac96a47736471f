"""The Redis servers, for the tests of the cache."""

from tests.redis_server import redis_binary, redis_server, redis_url, start_redis

__all__ = ["redis_binary", "redis_server", "redis_url", "start_redis"]
