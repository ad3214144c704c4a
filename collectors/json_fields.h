// Reading a platform's JSON without surprises: a field that is absent, null or of another kind is an
// empty value, never an error, so each collector says itself which fields a post cannot be without.
// Built on simdjson's DOM, which checks the whole text (UTF-8, nesting, numbers) before any field is
// read: the input is untrusted. Views are valid as long as their JsonDocument.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "simdjson.h"

namespace copytaster {

inline constexpr std::size_t kMaxJsonBytes = std::size_t{16} << 20;

// One value, or none. Cheap to copy.
class Json {
 public:
  Json() = default;
  explicit Json(simdjson::dom::element element) : element_(element), here_(!element.is_null()) {}

  // There and not null.
  [[nodiscard]] bool exists() const { return here_; }
  [[nodiscard]] bool is_object() const { return here_ && element_.is_object(); }
  [[nodiscard]] bool is_array() const { return here_ && element_.is_array(); }
  [[nodiscard]] bool is_string() const { return here_ && element_.is_string(); }

  // A member; absent where this is no object or has no such member. Of doubled keys the first.
  [[nodiscard]] Json operator[](std::string_view key) const;
  // Element number `index` of an array.
  [[nodiscard]] Json at(std::size_t index) const;
  // How many elements or members; 0 for anything else.
  [[nodiscard]] std::size_t size() const;

  // The string as it stands: valid UTF-8, may hold control characters.
  [[nodiscard]] std::string_view view() const;
  [[nodiscard]] std::string text() const { return std::string(view()); }
  // A string, or a whole number as its digits: ids are strings on the wire, but not everywhere.
  [[nodiscard]] std::string id() const;
  // A whole number that is not negative, also written as a string; nullopt for anything else.
  [[nodiscard]] std::optional<std::uint64_t> number() const;
  [[nodiscard]] std::uint64_t count() const { return number().value_or(0); }
  [[nodiscard]] bool yes() const;
  // This value as JSON without white space, cut at `max` bytes.
  [[nodiscard]] std::string raw(std::size_t max) const;

  template <typename Visit>
  void each(const Visit& visit) const {
    simdjson::dom::array all;
    if (!here_ || element_.get(all) != simdjson::SUCCESS) return;
    for (const simdjson::dom::element element : all) visit(Json(element));
  }
  template <typename Visit>
  void each_member(const Visit& visit) const {
    simdjson::dom::object all;
    if (!here_ || element_.get(all) != simdjson::SUCCESS) return;
    for (const auto field : all) visit(field.key, Json(field.value));
  }

 private:
  simdjson::dom::element element_;
  bool here_ = false;
};

class JsonDocument {
 public:
  // kUnavailable: no JSON at all (HTML, empty, cut off): asking again may help.
  // kInvalidArgument: nested too deep, a number no machine holds, larger than kMaxJsonBytes.
  // Two faults that real platforms make are mended rather than losing a whole page over one post:
  // half a surrogate pair ("\ud83d", an emoji cut in two) reads as U+FFFD, and so does each byte
  // sequence that is not UTF-8; after the latter bytes_were_bad() is true.
  static absl::StatusOr<JsonDocument> parse(std::string_view bytes);

  [[nodiscard]] Json root() const { return root_; }
  // A text with U+FFFD in such a document may not be what its author wrote: refuse that post.
  [[nodiscard]] bool bytes_were_bad() const { return bytes_were_bad_; }

 private:
  struct GiveBack {
    void operator()(simdjson::dom::parser* parser) const;
  };
  JsonDocument() = default;

  std::unique_ptr<simdjson::dom::parser, GiveBack> parser_;
  Json root_;
  bool bytes_were_bad_ = false;
};

}  // namespace copytaster
