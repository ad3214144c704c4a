// Wherever the end of the write-ahead log is cut or flipped: what stands before it is kept, and what is gone
// is told by number.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "bus/embedded_bus.h"
#include "core/bytes.h"
#include "core/strings.h"
#include "storage/rocks_open.h"
#include "tests/support/temporary_folder.h"

namespace copytaster {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kAppends = 60;
// Of a 64 KiB tail CI looks at one byte in so many; COPYTASTER_FULL looks at each.
constexpr std::size_t kStep = 677;
constexpr std::size_t kTail = std::size_t{64} << 10;

// The file system makes room for as much each time that a store is opened.
RocksSettings small_buffers() {
  RocksSettings settings;
  settings.write_buffer_bytes = std::size_t{1} << 20;
  return settings;
}

bool in_full() { return std::getenv("COPYTASTER_FULL") != nullptr; }

class LostTail : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto store = *open_rocks(whole(), OpenMode::kReadWrite, small_buffers());
    EmbeddedBusOptions options;
    options.on_acknowledged = [this](std::uint64_t position) { acknowledged_ = position; };
    const auto bus = *make_embedded_bus(store.get(), options);
    for (std::uint64_t i = 0; i < kAppends; ++i) {
      Parcel parcel;
      parcel.set_account_id(str_cat("account ", i));
      parcel.set_trace_id(std::string(1500, 'x'));
      const auto together = store->batch();
      together->put(Space::kAccounts, "cursor", big_endian(i));
      ASSERT_TRUE(bus->append({&parcel, 1}, together.get(), absl::ZeroDuration()).ok());
    }
    ASSERT_EQ(acknowledged_, kAppends);
  }
  [[nodiscard]] std::string whole() const { return folder_.path() + "/whole"; }
  [[nodiscard]] static std::string log_in(const std::string& directory) {
    std::string found;
    for (const auto& file : fs::directory_iterator(directory + "/db")) {
      if (file.path().extension() == ".log" && file.file_size() > 1000) found = file.path().string();
    }
    return found;
  }

  // Opens a copy that `damage` has changed; everything that is there and what was told must make up the
  // whole. Any thread, each with a `copy` of its own.
  template <typename Damage>
  void look_at(const std::string& copy, Damage damage) {
    fs::remove_all(copy);
    fs::copy(whole(), copy, fs::copy_options::recursive);
    damage(log_in(copy));
    const auto store = open_rocks(copy, OpenMode::kReadWrite, small_buffers());
    ASSERT_TRUE(store.ok()) << store.status();
    std::optional<std::pair<std::uint64_t, std::uint64_t>> lost;
    EmbeddedBusOptions options;
    options.acknowledged = acknowledged_;
    options.on_tail_lost = [&](std::uint64_t first, std::uint64_t last) { lost = {first, last}; };
    const auto bus = *make_embedded_bus(store->get(), options);
    std::uint64_t there = 0;
    while (true) {
      const auto got = *bus->poll("process", 100, absl::ZeroDuration());
      if (got.empty()) break;
      for (const Delivery& delivery : got) {
        EXPECT_EQ(delivery.position, there);
        EXPECT_EQ(delivery.parcel.account_id(), str_cat("account ", there));
        ++there;
      }
    }
    const auto cursor = (*store)->get(Space::kAccounts, "cursor");
    EXPECT_EQ(cursor.ok() ? from_big_endian(*cursor) + 1 : 0, there) << "data and cursor agree";
    if (there == kAppends) {
      EXPECT_FALSE(lost.has_value());
      return;
    }
    ++losses_;
    ASSERT_TRUE(lost.has_value()) << there << " of " << kAppends << " are there, and nothing is told";
    EXPECT_EQ(lost->first, there);
    EXPECT_EQ(lost->second, kAppends - 1);
  }

  // Each byte of the tail of which `mine` is true, flipped, and the last one.
  template <typename Mine>
  void look_at_tail(const std::string& copy, std::size_t size, Mine mine) {
    for (std::size_t at = size - kTail; at < size; ++at) {
      if (!mine(at)) continue;
      SCOPED_TRACE(str_cat("byte ", at, " of ", size));
      look_at(copy, [at](const std::string& log) {
        std::fstream file(log, std::ios::in | std::ios::out | std::ios::binary);
        file.seekg(static_cast<std::streamoff>(at));
        const char byte = static_cast<char>(file.get() ^ (1 << at % 8));
        file.seekp(static_cast<std::streamoff>(at));
        file.put(byte);
      });
      look_at(copy, [at](const std::string& log) { fs::resize_file(log, at); });
      if (::testing::Test::HasFatalFailure()) return;
    }
  }

  TemporaryFolder folder_;
  std::uint64_t acknowledged_ = 0;
  std::atomic<int> losses_ = 0;
};

TEST_F(LostTail, IsToldWhateverByteOfItIsFlippedOrLast) {
  const std::size_t step = in_full() ? 1 : kStep;
  const std::size_t size = fs::file_size(log_in(whole()));
  ASSERT_GT(size, kTail);
  const std::size_t workers = in_full() ? std::max(1U, std::thread::hardware_concurrency()) : 1;
  std::vector<std::thread> threads;
  for (std::size_t worker = 0; worker < workers; ++worker) {
    threads.emplace_back([this, worker, workers, size, step] {
      look_at_tail(str_cat(folder_.path(), "/copy", worker), size,
                   [=](std::size_t at) { return at % step == 0 && at / step % workers == worker; });
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_GT(losses_, 10);
  std::printf(
      "proof: the last 64 KiB of a log flipped and cut at each %zu. byte: %d of them cost records, all told "
      "by number\n",
      step, losses_.load());
}

}  // namespace
}  // namespace copytaster
