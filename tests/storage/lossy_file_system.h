// A file system for RocksDB that knows what a power cut would leave: of each file what was synced, of what
// was not synced a part that chance decides, of new, renamed and removed files what the folder's last sync
// saw. At the operation with a number given beforehand it writes that into another folder and goes on as if
// nothing had happened. Any thread.
#pragma once

#include <rocksdb/env.h>
#include <rocksdb/file_system.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <random>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace copytaster::testing {

class LossyFileSystem final : public rocksdb::FileSystemWrapper {
 public:
  // `cut_at`: the operation (append, sync, rename, removal, sync of a folder) before which the power is cut,
  // from 1. What is left goes to `left`, and `on_cut` is called meanwhile.
  LossyFileSystem(std::uint64_t cut_at, std::string left, std::uint64_t seed, std::function<void()> on_cut)
      : FileSystemWrapper(rocksdb::FileSystem::Default()),
        cut_at_(cut_at),
        left_(std::move(left)),
        random_(seed),
        on_cut_(std::move(on_cut)) {}
  [[nodiscard]] const char* Name() const override { return "LossyFileSystem"; }
  [[nodiscard]] std::uint64_t operations() const {
    const std::scoped_lock lock(mutex_);
    return operations_;
  }
  [[nodiscard]] bool was_cut() const {
    const std::scoped_lock lock(mutex_);
    return operations_ >= cut_at_;
  }

  rocksdb::IOStatus NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* result,
                                    rocksdb::IODebugContext* debug) override {
    {
      const std::scoped_lock lock(mutex_);
      remember({name});
      files_[name] = {};
    }
    rocksdb::IOStatus made = target()->NewWritableFile(name, options, result, debug);
    if (made.ok()) *result = std::make_unique<File>(this, name, std::move(*result));
    return made;
  }
  // A log that is written over: its old bytes must not be taken for new ones.
  rocksdb::IOStatus ReuseWritableFile(const std::string& name, const std::string& old_name,
                                      const rocksdb::FileOptions& options,
                                      std::unique_ptr<rocksdb::FSWritableFile>* result,
                                      rocksdb::IODebugContext* debug) override {
    (void)old_name;
    return NewWritableFile(name, options, result, debug);
  }
  rocksdb::IOStatus NewDirectory(const std::string& name, const rocksdb::IOOptions& options,
                                 std::unique_ptr<rocksdb::FSDirectory>* result,
                                 rocksdb::IODebugContext* debug) override {
    rocksdb::IOStatus made = target()->NewDirectory(name, options, result, debug);
    if (made.ok()) *result = std::make_unique<Folder>(this, std::move(*result));
    return made;
  }
  rocksdb::IOStatus RenameFile(const std::string& from, const std::string& to,
                               const rocksdb::IOOptions& options, rocksdb::IODebugContext* debug) override {
    const std::scoped_lock lock(mutex_);
    step();
    remember({from, to});
    files_[to] = files_[from];
    files_.erase(from);
    return target()->RenameFile(from, to, options, debug);
  }
  rocksdb::IOStatus DeleteFile(const std::string& name, const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* debug) override {
    const std::scoped_lock lock(mutex_);
    step();
    remember({name});
    files_.erase(name);
    return target()->DeleteFile(name, options, debug);
  }

 private:
  struct Known {
    std::uint64_t synced = 0;
  };
  // What a name stood for before a change that no sync of the folder has made durable.
  struct Before {
    std::string name;
    bool existed = false;
    std::string bytes;  // those that were synced
  };

  class File final : public rocksdb::FSWritableFileOwnerWrapper {
   public:
    File(LossyFileSystem* owner, std::string name, std::unique_ptr<rocksdb::FSWritableFile> file)
        : FSWritableFileOwnerWrapper(std::move(file)), owner_(owner), name_(std::move(name)) {}
    rocksdb::IOStatus Append(const rocksdb::Slice& data, const rocksdb::IOOptions& options,
                             rocksdb::IODebugContext* debug) override {
      owner_->count();
      return FSWritableFileOwnerWrapper::Append(data, options, debug);
    }
    rocksdb::IOStatus Append(const rocksdb::Slice& data, const rocksdb::IOOptions& options,
                             const rocksdb::DataVerificationInfo&, rocksdb::IODebugContext* debug) override {
      return Append(data, options, debug);
    }
    rocksdb::IOStatus Sync(const rocksdb::IOOptions& options, rocksdb::IODebugContext* debug) override {
      return owner_->synced(name_, [&] { return FSWritableFileOwnerWrapper::Sync(options, debug); });
    }
    rocksdb::IOStatus Fsync(const rocksdb::IOOptions& options, rocksdb::IODebugContext* debug) override {
      return owner_->synced(name_, [&] { return FSWritableFileOwnerWrapper::Fsync(options, debug); });
    }
    // Hints that move bytes to the disk promise nothing.
    rocksdb::IOStatus RangeSync(std::uint64_t, std::uint64_t, const rocksdb::IOOptions&,
                                rocksdb::IODebugContext*) override {
      return rocksdb::IOStatus::OK();
    }

   private:
    LossyFileSystem* owner_;
    std::string name_;
  };

  class Folder final : public rocksdb::FSDirectoryWrapper {
   public:
    Folder(LossyFileSystem* owner, std::unique_ptr<rocksdb::FSDirectory> folder)
        : FSDirectoryWrapper(std::move(folder)), owner_(owner) {}
    rocksdb::IOStatus Fsync(const rocksdb::IOOptions&, rocksdb::IODebugContext*) override {
      owner_->folder_synced();
      return rocksdb::IOStatus::OK();
    }
    rocksdb::IOStatus FsyncWithDirOptions(const rocksdb::IOOptions&, rocksdb::IODebugContext*,
                                          const rocksdb::DirFsyncOptions&) override {
      owner_->folder_synced();
      return rocksdb::IOStatus::OK();
    }

   private:
    LossyFileSystem* owner_;
  };

  static std::string bytes_of(const std::string& name) {
    std::ifstream in(name, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return std::move(out).str();
  }

  void count() {
    const std::scoped_lock lock(mutex_);
    step();
  }
  // What is in the file when the sync begins is on the disk when it ends. Nothing is really synced: it is
  // the bookkeeping that is tested, and that is a hundred times faster.
  template <typename Flush>
  rocksdb::IOStatus synced(const std::string& name, const Flush&) {
    const std::scoped_lock lock(mutex_);
    step();
    std::error_code error;
    const auto size = std::filesystem::file_size(name, error);
    files_[name].synced = error ? 0 : size;
    return rocksdb::IOStatus::OK();
  }
  void folder_synced() {
    const std::scoped_lock lock(mutex_);
    step();
    before_.clear();
  }
  // Caller holds mutex_, before a name is made, renamed or removed.
  void remember(std::initializer_list<std::string> names) {
    std::vector<Before> change;
    for (const std::string& name : names) {
      Before& before = change.emplace_back();
      before.name = name;
      before.existed = std::filesystem::exists(name);
      const auto known = files_.find(name);
      if (before.existed)
        before.bytes =
            bytes_of(name).substr(0, known == files_.end() ? std::string::npos : known->second.synced);
    }
    before_.push_back(std::move(change));
  }
  // Caller holds mutex_.
  void step() {
    if (++operations_ != cut_at_) return;
    if (on_cut_) on_cut_();
    leave();
  }

  void leave() {
    namespace fs = std::filesystem;
    std::string folder;
    std::map<std::string, std::string> left;
    for (const auto& [name, known] : files_) {
      folder = fs::path(name).parent_path().string();
      std::string bytes = bytes_of(name);
      left[name] = bytes.substr(0, known.synced) +
                   torn(bytes.substr(std::min<std::size_t>(known.synced, bytes.size())));
    }
    // Of the changes of names since the folder's sync the first are on the disk, as journals keep them in
    // order; chance decides how many.
    std::size_t changes = before_.size();
    for (const std::size_t kept = random_() % (changes + 1); changes > kept; --changes) {
      for (const Before& before : before_[changes - 1]) {
        left.erase(before.name);
        if (before.existed) left[before.name] = before.bytes;
      }
    }
    fs::create_directories(left_);
    for (const auto& [name, bytes] : left)
      std::ofstream(left_ + "/" + fs::path(name).filename().string(), std::ios::binary) << bytes;
  }

  // None of it, all, or a beginning, whose last block may hold anything.
  std::string torn(std::string tail) {
    if (tail.empty() || random_() % 3 == 0) return {};
    if (random_() % 2 == 0) return tail;
    tail.resize(random_() % tail.size());
    if (random_() % 2 == 0) {
      for (std::size_t at = tail.size() - std::min<std::size_t>(tail.size(), 64); at < tail.size(); ++at)
        tail[at] = static_cast<char>(random_());
    }
    return tail;
  }

  mutable std::mutex mutex_;
  std::uint64_t operations_ = 0;
  const std::uint64_t cut_at_;
  const std::string left_;
  std::mt19937_64 random_;
  const std::function<void()> on_cut_;
  std::map<std::string, Known> files_;
  std::vector<std::vector<Before>> before_;  // in the order of the changes
};

}  // namespace copytaster::testing
