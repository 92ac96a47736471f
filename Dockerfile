FROM python:3.11-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /src
COPY requirements requirements
RUN python -m venv /opt/netbrief \
    && /opt/netbrief/bin/pip install --require-hashes -r requirements/run.txt \
    && python -m venv /opt/build \
    && /opt/build/bin/pip install --require-hashes -r requirements/build.txt
COPY . .
RUN /opt/build/bin/pip wheel --no-deps --no-build-isolation --wheel-dir /tmp/dist . \
    && /opt/netbrief/bin/pip install --no-deps /tmp/dist/*.whl

FROM python:3.11-slim
LABEL org.opencontainers.image.title="netbrief" \
      org.opencontainers.image.description="Whole answers over NetBox and Nautobot, by MCP" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /opt/netbrief /opt/netbrief
RUN useradd --uid 10001 --create-home netbrief
USER 10001:10001
WORKDIR /home/netbrief
ENV PATH=/opt/netbrief/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
EXPOSE 8765
# Over stdio there is nothing to ask: the container lives as long as its client.
HEALTHCHECK --interval=30s --timeout=5s --start-period=15s CMD \
    ! grep -q -e --http /proc/1/cmdline \
    || python -c "from urllib.request import urlopen; urlopen('http://127.0.0.1:8765/healthz', timeout=4)"
ENTRYPOINT ["netbrief"]
CMD ["serve"]
