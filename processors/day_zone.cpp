#include "processors/day_zone.h"

#include <unicode/strenum.h>
#include <unicode/timezone.h>
#include <unicode/unistr.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/node_hash_map.h"
#include "absl/synchronization/mutex.h"

namespace copytaster {
namespace {

using Zones = std::vector<absl::TimeZone>;

// Countries whose other zones are islands far from nearly everybody.
constexpr std::pair<std::string_view, std::string_view> kMain[] = {
    {"ES", "Europe/Madrid"}, {"PT", "Europe/Lisbon"}, {"UA", "Europe/Kiev"}};

void add_zone(const std::string& name, Zones* out) {
  absl::TimeZone zone;
  if (!absl::LoadTimeZone(name, &zone)) return;
  for (const absl::TimeZone& one : *out) {
    if (one == zone) return;
  }
  out->push_back(zone);
}

Zones zones_of(const std::string& country) {
  Zones out;
  for (const auto& [code, name] : kMain) {
    if (code == country) return add_zone(std::string(name), &out), out;
  }
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<icu::StringEnumeration> names(icu::TimeZone::createTimeZoneIDEnumeration(
      UCAL_ZONE_TYPE_CANONICAL_LOCATION, country.c_str(), nullptr, error));
  if (U_FAILURE(error) || names == nullptr) return out;
  while (const icu::UnicodeString* name = names->snext(error)) {
    std::string utf8;
    add_zone(name->toUTF8String(utf8), &out);
  }
  return out;
}

// Zones once loaded are never moved.
const Zones& known_zones(const std::string& country) {
  static absl::Mutex mutex;
  static auto* const all = new absl::node_hash_map<std::string, Zones>();  // lives as long as the threads
  const absl::MutexLock lock(&mutex);
  const auto found = all->find(country);
  if (found != all->end()) return found->second;
  return all->emplace(country, zones_of(country)).first->second;
}

bool is_code(std::string_view country) {
  return country.size() == 2 && country[0] >= 'A' && country[0] <= 'Z' && country[1] >= 'A' &&
         country[1] <= 'Z';
}

// What ISO 8601 writes with four digits, and the years beside them.
constexpr absl::civil_year_t kFirstYear = 2, kLastYear = 9998;

}  // namespace

std::optional<absl::CivilDay> civil_day_utc(absl::Time when) {
  const absl::CivilDay day = absl::ToCivilDay(when, absl::UTCTimeZone());
  if (day.year() < kFirstYear || day.year() > kLastYear) return std::nullopt;
  return day;
}

std::optional<absl::CivilDay> civil_day_in(std::string_view country, absl::Time when) {
  if (!is_code(country)) return std::nullopt;
  const std::optional<absl::CivilDay> around = civil_day_utc(when);
  if (!around) return std::nullopt;
  // A thread's posts are mostly of few countries.
  static thread_local std::pair<std::string, const Zones*> last;
  if (last.second == nullptr || last.first != country) {
    last.first = std::string(country);
    last.second = &known_zones(last.first);
  }
  const Zones& zones = *last.second;
  if (zones.empty()) return std::nullopt;
  const absl::CivilDay day = absl::ToCivilDay(when, zones.front());
  for (const absl::TimeZone& zone : zones) {
    if (absl::ToCivilDay(when, zone) != day) return std::nullopt;
  }
  return day;
}

}  // namespace copytaster
