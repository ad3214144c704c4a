#include "processors/iim_words.h"

#include <algorithm>
#include <vector>

#include "core/strings.h"
#include "core/text.h"
#include "processors/byte_numbers.h"
#include "processors/metadata_text.h"

namespace copytaster {
namespace {

constexpr unsigned char kTagMarker = 0x1C;
constexpr std::size_t kMostDatasets = 10'000;  // some hundred are defined; keywords repeat
constexpr std::size_t kMostPlain = 0x7FFF;  // longer ones say in how many bytes their length stands (§1.5.3)

struct Dataset {
  unsigned record = 0, number = 0;
  std::string value;
};

struct Field {
  unsigned number;
  std::size_t most;  // bytes
  std::string PictureWords::*words;
};
constexpr Field kFields[] = {
    {kIimInstructions, 256, &PictureWords::usage_terms},
    {80, 32, &PictureWords::creator},
    {90, 32, &PictureWords::city},
    {101, 64, &PictureWords::country},
    {105, 256, &PictureWords::headline},
    {110, 32, &PictureWords::credit},
    {115, 32, &PictureWords::source},
    {116, 128, &PictureWords::copyright},
    {120, 2000, &PictureWords::caption},
};

// Takes a dataset off the front; false: there is none that makes sense.
bool take(std::string_view& rest, Dataset* out) {
  if (rest.size() < 5 || static_cast<unsigned char>(rest[0]) != kTagMarker) return false;
  out->record = static_cast<unsigned char>(rest[1]);
  out->number = static_cast<unsigned char>(rest[2]);
  std::uint64_t length = big_endian(rest, 3, 2);
  std::size_t head = 5;
  if (length > kMostPlain) {
    const std::size_t bytes = length & kMostPlain;
    if (bytes > 4 || rest.size() < head + bytes) return false;
    length = big_endian(rest, head, bytes);
    head += bytes;
  }
  if (length > rest.size() - head) return false;
  out->value = std::string(rest.substr(head, length));
  rest.remove_prefix(head + length);
  return true;
}

// Numbers, pictures and the version are no text.
bool is_text(const Dataset& dataset) {
  return dataset.record == 2 && dataset.number >= 3 && dataset.number < 200 && dataset.number != 125;
}

std::vector<Dataset> read(std::string_view block) {
  std::vector<Dataset> all;
  for (Dataset one; all.size() < kMostDatasets && take(block, &one);) {
    if (is_text(one) && !is_valid_utf8(one.value)) one.value = metadata_text(one.value);
    all.push_back(std::move(one));
  }
  return all;
}

void append(std::string* out, const Dataset& dataset) {
  out->push_back(static_cast<char>(kTagMarker));
  out->push_back(static_cast<char>(dataset.record));
  out->push_back(static_cast<char>(dataset.number));
  const std::size_t size = dataset.value.size();
  str_append(out,
             size > kMostPlain ? as_big_endian(0x8004, 2) + as_big_endian(size, 4) : as_big_endian(size, 2),
             dataset.value);
}

// Cut between words where that leaves a third of it: "Ville de Par" is no town.
std::string cut_to_field(std::string_view value, std::size_t most) {
  std::string cut = cut_to_bytes(value, most);
  if (cut.size() == value.size() || value.substr(cut.size()).starts_with(' ')) return cut;
  const std::size_t space = cut.find_last_of(" \n");
  if (space != std::string::npos && space >= most / 3) cut.resize(space);
  while (!cut.empty() && (cut.back() == ' ' || cut.back() == '/' || cut.back() == ',')) cut.pop_back();
  return cut;
}

void put(std::vector<Dataset>* all, unsigned record, unsigned number, std::string value) {
  std::erase_if(*all, [&](const Dataset& one) { return one.record == record && one.number == number; });
  all->push_back({record, number, std::move(value)});
}

}  // namespace

std::string iim_value(std::string_view block, unsigned number) {
  for (const Dataset& one : read(block)) {
    if (one.record == 2 && one.number == number) return one.value;
  }
  return {};
}

std::string iim_with_words(std::string_view block, const PictureWords& words) {
  std::vector<Dataset> all = read(block);
  put(&all, 1, 90, "\x1B%G");
  const bool versioned =
      std::ranges::any_of(all, [](const Dataset& one) { return one.record == 2 && one.number == 0; });
  if (!versioned) put(&all, 2, 0, as_big_endian(4, 2));
  for (const Field& field : kFields) {
    std::string value = words.*field.words;
    if (value.empty()) continue;
    if (field.number == kIimInstructions) value = before_others(value, iim_value(block, kIimInstructions));
    put(&all, 2, field.number, cut_to_field(value, field.most));
  }
  std::ranges::stable_sort(all, {}, [](const Dataset& one) { return one.record << 8 | one.number; });
  std::string out;
  for (const Dataset& one : all) append(&out, one);
  return out;
}

}  // namespace copytaster
