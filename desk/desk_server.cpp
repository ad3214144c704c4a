#include "desk/desk_server.h"

#include <utility>

#include "core/status.h"
#include "core/strings.h"
#include "desk/gate.h"
#include "desk/routes.h"
#include "desk/thumbnails.h"
#include "net/http_server.h"

namespace copytaster {
namespace {

constexpr std::size_t kMaxBody = std::size_t{13} << 20;  // a saved page, each byte escaped at worst

class HttpDesk final : public DeskServer {
 public:
  HttpDesk(const DeskOptions& options, const DeskDependencies& dependencies)
      : gate_(options),
        thumbnails_(dependencies.media, dependencies.thumbnail),
        desk_{dependencies, &gate_, &thumbnails_} {}

  absl::Status serve(const DeskOptions& options) {
    HttpServerOptions http;
    http.address = equals_ignore_case(options.address, "localhost") ? "127.0.0.1" : options.address;
    http.port = options.port;
    http.threads = options.threads;
    http.max_body_bytes = kMaxBody;
    CT_ASSIGN_OR_RETURN(server_, HttpServer::start(http, [this](const ServerRequest& request) {
                          return dispatch(desk_, request);
                        }));
    return absl::OkStatus();
  }

  [[nodiscard]] std::uint16_t port() const override { return server_->port(); }

 private:
  Gate gate_;
  Thumbnails thumbnails_;
  Desk desk_;
  std::unique_ptr<HttpServer> server_;  // last: it stops before what its handler uses goes
};

}  // namespace

absl::StatusOr<std::unique_ptr<DeskServer>> DeskServer::start(const DeskOptions& options,
                                                              const DeskDependencies& dependencies) {
  CT_RETURN_IF_ERROR(Gate::check_options(options));
  auto desk = std::make_unique<HttpDesk>(options, dependencies);
  CT_RETURN_IF_ERROR(desk->serve(options));
  return desk;
}

}  // namespace copytaster
