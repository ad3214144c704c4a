#include <utility>

#include "core/rights.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/text.h"
#include "desk/draft.h"
#include "desk/draft_fields.h"
#include "desk/item_cache.h"

namespace copytaster {
namespace {

absl::Status refuse(std::string_view where, std::string_view why) {
  return absl::InvalidArgumentError(str_cat(where, ": ", why));
}

absl::StatusOr<std::string_view> supported_bytes(std::string_view where, const Support& support,
                                                 ItemCache& items, bool may_be_gone) {
  auto item = items.version(support.item_id(), support.version());
  if (absl::IsNotFound(item.status())) {
    return refuse(where, str_cat("no version ", support.version(), " of ", support.item_id(), " is stored"));
  }
  if (!item.ok()) return item.status();
  CT_ASSIGN_OR_RETURN(const Item* now, items.newest(support.item_id()));
  if (now->state() == GONE && !may_be_gone) {
    return absl::FailedPreconditionError(str_cat(where, ": ", support.item_id(), " has been deleted since"));
  }
  const auto field = field_of(**item, support.field());
  if (!field) return refuse(where, str_cat("a post has no field \"", support.field(), "\""));
  const std::size_t begin = support.begin(), end = support.end();
  if (begin > end || end > field->size() || utf8_floor(*field, begin) != begin ||
      utf8_floor(*field, end) != end) {
    return refuse(where, str_cat("[", begin, ", ", end, ") is no span of the ", field->size(), " bytes of ",
                                 support.field(), " of ", support.item_id()));
  }
  return field->substr(begin, end - begin);
}

absl::Status check_verbatim(std::string_view where, const Block& block, std::string_view bytes) {
  const std::size_t begin = block.verbatim_begin(), end = block.verbatim_end();
  if (begin > end || end > block.text().size()) return refuse(where, "the verbatim span is outside the text");
  const bool needs_words = block.rule().starts_with("verbatim") || block.kind() == "quote";
  if (begin == end)
    return needs_words ? refuse(where, "says it is verbatim but marks no words") : absl::OkStatus();
  if (std::string_view(block.text()).substr(begin, end - begin) != bytes) {
    return refuse(where, "the words are not the bytes they point at");
  }
  if (block.kind() != "quote") return absl::OkStatus();
  if (begin != 0 || end != block.text().size()) return refuse(where, "a quote is verbatim from end to end");
  return block.speaker().name().empty() ? refuse(where, "a quote without a speaker") : absl::OkStatus();
}

// A draft may be older than what was decided since.
absl::Status check_rights(std::string_view where, const Rights& drafted, const Rights& known) {
  const Rights& now = newest_rights(drafted, known);
  if (state_of(now) == kRightsRefused)
    return absl::FailedPreconditionError(str_cat(where, ": the rights to this picture are refused"));
  if (may_export_file(drafted) && !may_export_file(now))
    return absl::FailedPreconditionError(str_cat(where, ": this picture may only be embedded by now"));
  return absl::OkStatus();
}

absl::Status check_picture(std::string_view where, const Block& block, ItemCache& items) {
  if (block.kind() != "picture") return absl::OkStatus();
  auto item = items.newest(block.picture().item_id());
  if (absl::IsNotFound(item.status())) return refuse(where, "a picture of a post that is not stored");
  if (!item.ok()) return item.status();
  if ((*item)->state() == GONE)
    return absl::FailedPreconditionError(str_cat(where, ": its post has been deleted"));
  const auto index = static_cast<int>(block.picture().media_index());
  if (index < 0 || index >= (*item)->media_size() ||
      (*item)->media(index).sha256() != block.picture().sha256()) {
    return refuse(where, "its post does not carry that picture");
  }
  if (block.picture().attribution().credit_line().empty())
    return refuse(where, "a picture without a credit line");
  CT_RETURN_IF_ERROR(check_rights(where, block.picture().rights(), (*item)->media(index).rights()));
  const std::string& caption = block.picture().caption().text();
  if (!caption.empty() && (caption != block.text() || block.verbatim_end() != caption.size())) {
    return refuse(where, "the caption is not the block's verbatim text");
  }
  return absl::OkStatus();
}

absl::Status check_block(std::string_view where, const Block& block, ItemCache& items) {
  if (block.text().empty()) return refuse(where, "no text");
  if (block.support_size() == 0) return refuse(where, "no support: nothing says where this comes from");
  std::string_view first;
  for (int i = 0; i < block.support_size(); ++i) {
    CT_ASSIGN_OR_RETURN(const std::string_view bytes,
                        supported_bytes(where, block.support(i), items, block.rule() == "deleted"));
    if (i == 0) first = bytes;
  }
  CT_RETURN_IF_ERROR(check_verbatim(where, block, first));
  return check_picture(where, block, items);
}

}  // namespace

absl::Status check_draft(const Draft& draft, const StoreReader& reader) {
  ItemCache items(reader);
  for (int i = 0; i < draft.blocks_size(); ++i) {
    const std::string where = str_cat("block ", i, " (", draft.blocks(i).kind(), ")");
    CT_RETURN_IF_ERROR(check_block(where, draft.blocks(i), items));
  }
  return absl::OkStatus();
}

}  // namespace copytaster
