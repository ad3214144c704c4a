// A client without opinions: sends the headers it is told to, so that Host, Origin and cookies can be wrong.
#pragma once

#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/fetcher.h"
#include "core/strings.h"

namespace copytaster {

struct RawReply {
  int status = 0;  // 0: no answer
  std::vector<HttpHeader> headers;
  std::string body;
  [[nodiscard]] std::string header(std::string_view name) const {
    return std::string(header_value(headers, name));
  }
};

inline RawReply parse_reply(std::string_view all) {
  RawReply reply;
  const std::size_t end = all.find("\r\n\r\n");
  if (end == std::string_view::npos || !all.starts_with("HTTP/1.1 ")) return reply;
  reply.status = parse_number<int>(all.substr(9, 3)).value_or(0);
  for (std::string_view line : split(all.substr(0, end), '\n')) {
    const std::size_t colon = line.find(": ");
    if (colon == std::string_view::npos) continue;
    reply.headers.push_back(
        {std::string(line.substr(0, colon)), std::string(strip_space(line.substr(colon + 2)))});
  }
  reply.body = std::string(all.substr(end + 4));
  return reply;
}

// One request on one connection. `headers` end with "\r\n" each; Connection: close is added.
inline RawReply ask(std::uint16_t port, std::string_view request_line,
                    std::string_view headers = "Host: localhost\r\n", std::string_view body = {}) {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  const timeval patience = {20, 0};
  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  std::string received;
  if (connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
    const std::string length = body.empty() ? "" : str_cat("Content-Length: ", body.size(), "\r\n");
    const std::string request =
        str_cat(request_line, " HTTP/1.1\r\n", headers, length, "Connection: close\r\n\r\n", body);
    if (send(fd, request.data(), request.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(request.size())) {
      char buffer[16384];
      for (ssize_t n = 0; (n = recv(fd, buffer, sizeof buffer, 0)) > 0;) {
        received.append(buffer, static_cast<std::size_t>(n));
      }
    }
  }
  close(fd);
  return parse_reply(received);
}

}  // namespace copytaster
