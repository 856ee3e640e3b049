FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG TARGETARCH
WORKDIR /src
COPY . .
RUN dotnet publish Worker --configuration Release --arch $TARGETARCH --self-contained false -p:IncludeDevStack=false --output /app

FROM mcr.microsoft.com/dotnet/runtime:10.0
RUN mkdir /work && chown $APP_UID /work
COPY --from=build /app /app
USER $APP_UID
# Settings are read from here (temporal-dev.yaml), and logs are written below it.
WORKDIR /work
ENTRYPOINT ["dotnet", "/app/stedi.dll"]
CMD ["worker"]
