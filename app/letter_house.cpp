#include "app/letter_house.h"

#include <mutex>
#include <utility>

#include "app/config_folder.h"
#include "app/desk_call.h"
#include "app/letter_retry.h"
#include "app/picture_work.h"
#include "bus/embedded_bus.h"
#include "collectors/catalog.h"
#include "core/json.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/url.h"
#include "google/protobuf/struct.pb.h"
#include "storage/open.h"
#include "storage/tail_mark.h"

namespace copytaster {
namespace {

class Remote final : public LetterHouse {
 public:
  explicit Remote(std::string config) : config_(std::move(config)) {}
  [[nodiscard]] bool is_offline() const override { return false; }

  absl::StatusOr<LetterAnswer> retry(std::string_view id) override {
    CT_ASSIGN_OR_RETURN(
        const std::string body,
        post_to_desk(config_, str_cat("/api/dead-letters/", percent_encode(id), "/retry"), {}));
    google::protobuf::Struct said;
    CT_RETURN_IF_ERROR(from_json(body, &said));
    auto& fields = *said.mutable_fields();
    LetterAnswer answer;
    answer.id = std::string(id);
    answer.read = fields["read"].bool_value();
    answer.posts = static_cast<std::uint64_t>(fields["posts"].number_value());
    answer.attempts = static_cast<std::uint32_t>(fields["attempts"].number_value());
    answer.why = fields["why"].string_value();
    return answer;
  }

 private:
  std::string config_;
};

class Offline final : public LetterHouse {
 public:
  [[nodiscard]] bool is_offline() const override { return true; }

  absl::Status open(std::unique_ptr<KeyValue> key_value, const std::string& data, const std::string& config) {
    key_value_ = std::move(key_value);
    CT_ASSIGN_OR_RETURN(store_, open_store(key_value_.get(), data, OpenMode::kReadWrite));
    CT_ASSIGN_OR_RETURN(config_, load_config(config));
    EmbeddedBusOptions log;
    log.consumers = {"process", std::string(PictureWork::kConsumer)};
    log.max_unread_bytes = config_.settings.max_log_megabytes << 20;
    CT_ASSIGN_OR_RETURN(mark_, TailMark::open(data));
    log.acknowledged = mark_->found();
    log.on_acknowledged = [this](std::uint64_t position) { mark_->raise(position); };
    CT_ASSIGN_OR_RETURN(bus_, make_embedded_bus(key_value_.get(), log));
    collectors_ = std::make_unique<Collectors>(config_.settings.collectors);
    LetterRetryDependencies dependencies{.key_value = key_value_.get(),
                                         .store = store_.get(),
                                         .find_collector = {},
                                         .accounts = {},
                                         .hand_on = {}};
    dependencies.find_collector = [this](std::string_view platform) { return collectors_->find(platform); };
    dependencies.hand_on = [this](const Parcel& parcel, WriteBatch* together) {
      return bus_->append({&parcel, 1U}, together, absl::ZeroDuration());
    };
    for (const Official& official : config_.officials)
      dependencies.accounts.insert(dependencies.accounts.end(), official.accounts().begin(),
                                   official.accounts().end());
    officials_ = std::make_unique<Officials>(config_.officials);
    pipeline_ = std::make_unique<Pipeline>(*officials_, config_.rules, config_.settings.copies,
                                           config_.settings.stories);
    dependencies.pipeline = pipeline_.get();
    retry_ = std::make_unique<LetterRetry>(std::move(dependencies));
    return absl::OkStatus();
  }

  absl::StatusOr<LetterAnswer> retry(std::string_view id) override { return retry_->retry(id); }

 private:
  std::unique_ptr<KeyValue> key_value_;
  std::unique_ptr<Store> store_;
  Config config_;
  std::unique_ptr<TailMark> mark_;
  std::unique_ptr<Bus> bus_;
  std::unique_ptr<Collectors> collectors_;
  std::unique_ptr<Officials> officials_;
  std::unique_ptr<Pipeline> pipeline_;
  std::unique_ptr<LetterRetry> retry_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<LetterHouse>> open_letter_house(const std::string& data,
                                                               const std::string& config) {
  // To write would make a store where there is none.
  CT_RETURN_IF_ERROR(open_key_value(data, OpenMode::kReadOnly).status());
  auto key_value = open_key_value(data, OpenMode::kReadWrite);
  // In use: whoever has it is asked.
  if (absl::IsFailedPrecondition(key_value.status())) return std::make_unique<Remote>(config);
  CT_RETURN_IF_ERROR(key_value.status());
  auto offline = std::make_unique<Offline>();
  CT_RETURN_IF_ERROR(offline->open(*std::move(key_value), data, config));
  return offline;
}

}  // namespace copytaster
