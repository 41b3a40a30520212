# The desk in a container: docs/how-to/deploy.md. Data, key and database stay in the volume /data.
FROM python:3.12-slim-bookworm AS built
WORKDIR /atleast
COPY requirements/runtime.txt requirements/runtime.txt
RUN python -m venv /opt/atleast && /opt/atleast/bin/pip install --no-cache-dir --require-hashes -r requirements/runtime.txt
COPY pyproject.toml README.md LICENSE ./
COPY src src
RUN /opt/atleast/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.12-slim-bookworm
RUN useradd --create-home --uid 10001 desk && mkdir /data && chown desk /data
COPY --from=built /opt/atleast /opt/atleast
USER desk
ENV ATLEAST_DATA=/data PATH=/opt/atleast/bin:$PATH PYTHONUNBUFFERED=1
VOLUME /data
EXPOSE 8100
HEALTHCHECK --interval=30s --timeout=5s CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8100/healthy/')"]
# In a container its own address is no loopback: publish the port on 127.0.0.1 only, behind a server that speaks TLS.
CMD ["atleast", "desk", "--host", "0.0.0.0"]
