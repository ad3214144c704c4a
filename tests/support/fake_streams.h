// Streams made of lists of messages.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/stream.h"

namespace copytaster::testing {

class FakeStreams final : public StreamOpener {
 public:
  // What the newest connection sends next.
  void send(std::string message) { now_->messages.push_back(std::move(message)); }
  // It ends, after what was sent.
  void end(absl::Status why) { now_->status = std::move(why); }
  // Connections from now on fail with this (OK: open).
  void refuse(absl::Status why) { refusal_ = std::move(why); }
  [[nodiscard]] const std::vector<std::string>& opened() const { return opened_; }

  [[nodiscard]] std::unique_ptr<Stream> open(HttpRequest request) override {
    opened_.push_back(request.url);
    now_ = std::make_shared<Wire>();
    now_->status = refusal_;
    return std::make_unique<Fake>(now_);
  }

 private:
  struct Wire {
    std::deque<std::string> messages;
    absl::Status status;
  };
  class Fake final : public Stream {
   public:
    explicit Fake(std::shared_ptr<Wire> wire) : wire_(std::move(wire)) {}
    [[nodiscard]] std::vector<std::string> take(std::size_t most) override {
      std::vector<std::string> out;
      while (!wire_->messages.empty() && out.size() < most) {
        out.push_back(std::move(wire_->messages.front()));
        wire_->messages.pop_front();
      }
      return out;
    }
    [[nodiscard]] bool is_open() const override { return wire_->status.ok(); }
    [[nodiscard]] absl::Status status() const override { return wire_->status; }

   private:
    std::shared_ptr<Wire> wire_;
  };

  std::shared_ptr<Wire> now_ = std::make_shared<Wire>();
  absl::Status refusal_;
  std::vector<std::string> opened_;
};

}  // namespace copytaster::testing
