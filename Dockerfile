# The dashboard for the web: docker build -t timeline . && docker run -p 8501:8501 timeline
FROM python:3.11-slim AS build
WORKDIR /srv/timeline
COPY requirements.lock ./
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements.lock
COPY . .
# The bundled chronology is built here, so that the container starts in a second and writes nothing.
RUN OMP_NUM_THREADS=1 /opt/venv/bin/python -m timeline build data/articles --out /srv/chronology

FROM python:3.11-slim
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin timeline
WORKDIR /srv/timeline
COPY --from=build /opt/venv /opt/venv
COPY --from=build /srv/timeline /srv/timeline
COPY --from=build /srv/chronology /srv/chronology
ENV PATH=/opt/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 OMP_NUM_THREADS=1 \
    MALLOC_ARENA_MAX=2 TIMELINE_MODE=read-only
USER timeline
EXPOSE 8501
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8501/_stcore/health', timeout=4)"]
# The mode is TIMELINE_MODE's: read-only unless you say otherwise. Another chronology: mount it at /srv/chronology.
CMD ["python", "-m", "timeline", "serve", "/srv/chronology", "--host", "0.0.0.0", "--port", "8501"]
