# The desk in a container: docs/how-to/deploy.md. Data, key and database stay in the volume /data; the image holds no secret.
FROM python:3.13-slim-trixie AS built
WORKDIR /atleast
RUN python -m venv /opt/atleast
COPY requirements/runtime.txt requirements/runtime.txt
RUN /opt/atleast/bin/pip install --no-cache-dir --require-hashes -r requirements/runtime.txt
COPY pyproject.toml README.md LICENSE ./
COPY src src
RUN /opt/atleast/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.13-slim-trixie
# A number, so that what runs the container can see that it is not root.
RUN useradd --no-create-home --uid 10001 desk && install -d -o desk -g desk -m 700 /data
COPY --from=built /opt/atleast /opt/atleast
USER 10001:10001
WORKDIR /data
ENV ATLEAST_DATA=/data PATH=/opt/atleast/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
VOLUME /data
EXPOSE 8100
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8100/healthy/', timeout=4)"]
# In a container its own address is no loopback: publish the port on 127.0.0.1 only, behind a server that speaks TLS.
CMD ["atleast", "desk", "--host", "0.0.0.0"]
