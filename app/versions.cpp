#include "app/versions.h"

#include <algorithm>
#include <string>
#include <vector>

#include "processors/picture_address.h"

namespace copytaster {
namespace {

void carry_over(const Media& from, Media& to) {
  to.set_state(from.state());
  to.set_sha256(from.sha256());
  to.set_size_bytes(from.size_bytes());
  to.set_mime_type(from.mime_type());
  if (from.width() > 0) to.set_width(from.width());
  if (from.height() > 0) to.set_height(from.height());
  if (from.has_pdq()) *to.mutable_pdq() = from.pdq();
  if (from.has_embedded()) *to.mutable_embedded() = from.embedded();
  to.set_read_text(from.read_text());
  to.set_problem(from.problem());
  to.set_folded_into(from.folded_into());
  if (from.has_fold()) *to.mutable_fold() = from.fold();
  if (from.has_rights()) *to.mutable_rights() = from.rights();
  if (to.alt_text().empty()) to.set_alt_text(from.alt_text());
}

// A post may show the same picture twice: the bytes are those of both.
std::vector<Media*> find_media(Item& item, const PictureResult& result) {
  const Media& wanted = result.media();
  std::vector<Media*> found;
  for (Media& media : *item.mutable_media()) {
    if (!wanted.native_id().empty() ? media.native_id() == wanted.native_id() : media.url() == result.url())
      found.push_back(&media);
  }
  const int index = static_cast<int>(result.media_index());
  const bool by_place = wanted.native_id().empty() && result.url().empty();
  if (found.empty() && by_place && index < item.media_size()) found.push_back(item.mutable_media(index));
  return found;
}

void apply(const Media& learnt, Media* media) {
  // A note (an alt text asked for separately) knows nothing of bytes, and bytes know nothing of notes.
  // That it could not be fetched once more takes nothing from what is kept.
  const bool is_kept = media->state() == KEPT && learnt.state() == MISSING;
  if (learnt.state() != WANTED && !is_kept) {
    media->set_state(learnt.state());
    media->set_problem(learnt.problem());
    // Of the same bytes what was read before stays, where it could not be read again.
    if (!learnt.read_text().empty() || learnt.sha256() != media->sha256())
      media->set_read_text(learnt.read_text());
    if (!learnt.sha256().empty()) media->set_sha256(learnt.sha256());
    if (learnt.size_bytes() > 0) media->set_size_bytes(learnt.size_bytes());
    if (!learnt.mime_type().empty()) media->set_mime_type(learnt.mime_type());
    if (learnt.width() > 0) media->set_width(learnt.width());
    if (learnt.height() > 0) media->set_height(learnt.height());
    if (learnt.has_pdq()) *media->mutable_pdq() = learnt.pdq();
    if (learnt.has_embedded()) *media->mutable_embedded() = learnt.embedded();
  }
  if (!learnt.alt_text().empty()) media->set_alt_text(learnt.alt_text());
  if (!learnt.caption().empty()) media->set_caption(learnt.caption());
}

// A stream tells only which post is quoted; a page tells its words, too.
void take_related_text(const Item& fetched, Item* known) {
  const auto take = [](const Related& from, Related* to) {
    if (to->text().empty() && !from.text().empty()) *to = from;
  };
  if (known->has_quote_of()) take(fetched.quote_of(), known->mutable_quote_of());
  if (known->has_repost_of()) take(fetched.repost_of(), known->mutable_repost_of());
  if (known->has_reply_to()) take(fetched.reply_to(), known->mutable_reply_to());
}

using google::protobuf::Timestamp;

bool same_moment(const Timestamp& a, const Timestamp& b) {
  return a.seconds() == b.seconds() && a.nanos() == b.nanos();
}

bool same_moment(const Item& a, const Item& b) {
  return a.has_created_at() == b.has_created_at() && same_moment(a.created_at(), b.created_at());
}

// What was stored before a date could be said to be a day only.
void take_precision(const Item& from, Item* to) {
  if (same_moment(*to, from)) to->set_day_only(from.day_only());
  if (to->has_edited_at() && from.has_edited_at() && same_moment(to->edited_at(), from.edited_at()))
    to->set_edited_day_only(from.edited_day_only());
}

void take_date(const Item& from, Item* to) {
  if (!from.has_created_at()) return;
  *to->mutable_created_at() = from.created_at();
  to->set_day_only(from.day_only());
}

// A person has told more, or otherwise, of what a person had brought in.
bool corrects(const Item& known, const Item& fetched) {
  if (!known.has_intake() || !fetched.has_intake()) return false;
  const bool dated = fetched.has_created_at() && !same_moment(known, fetched);
  return dated || (!fetched.intake().note().empty() && fetched.intake().note() != known.intake().note());
}

}  // namespace

Item collected(Item item) {
  for (const int field :
       {Item::kLanguageFieldNumber, Item::kLanguageEvidenceFieldNumber, Item::kAttributionFieldNumber,
        Item::kQuotesFieldNumber, Item::kMentionsFieldNumber, Item::kPlacesFieldNumber,
        Item::kSectionsFieldNumber, Item::kFingerprintFieldNumber, Item::kDuplicateOfFieldNumber,
        Item::kStoryIdFieldNumber, Item::kStoryEvidenceFieldNumber, Item::kNewsworthinessFieldNumber,
        Item::kProblemsFieldNumber, Item::kMayCopyFieldNumber, Item::kDatesFieldNumber,
        Item::kVersionFieldNumber, Item::kEngagementHistoryFieldNumber}) {
    item.GetReflection()->ClearField(&item, Item::descriptor()->FindFieldByNumber(field));
  }
  return item;
}

const Media* same_picture(const Item& known, const Item& fetched, const Media& media) {
  const auto find = [&](const auto& is_it) {
    const auto old = std::ranges::find_if(known.media(), is_it);
    return old == known.media().end() ? nullptr : &*old;
  };
  if (!media.native_id().empty())
    return find([&](const Media& m) { return m.native_id() == media.native_id(); });
  if (const Media* same =
          find([&](const Media& m) { return m.native_id().empty() && m.url() == media.url(); }))
    return same;
  const std::string address = picture_address(media);
  const Media* moved =
      find([&](const Media& m) { return m.native_id().empty() && picture_address(m) == address; });
  if (moved == nullptr || !is_only_there(known, *moved) || !is_only_there(fetched, media)) return nullptr;
  return moved;
}

Item next_version(const Item* known, Item fetched) {
  if (known == nullptr) {
    fetched.set_version(1);
    return fetched;
  }
  // What somebody pasted never takes the place of what a collector read.
  if (fetched.has_intake() && !known->has_intake()) return *known;
  const bool correction = corrects(*known, fetched);
  if (known->content_hash() == fetched.content_hash() && !correction) {
    Item same = *known;
    if (known->has_intake() && !fetched.has_intake()) {  // a collector has confirmed it
      same.clear_intake();
      same.set_capture_sha256(fetched.capture_sha256());
      take_date(fetched, &same);
    }
    take_precision(fetched, &same);
    if (fetched.has_engagement()) *same.mutable_engagement() = fetched.engagement();
    take_related_text(fetched, &same);
    same.set_state(LIVE);
    same.clear_gone_at();
    same.clear_gone_proof();
    same.clear_gone_capture_sha256();
    return same;
  }
  fetched.set_version(known->version() + 1);
  if (correction && fetched.intake().note().empty())
    fetched.mutable_intake()->set_note(known->intake().note());
  if (!fetched.has_created_at()) take_date(*known, &fetched);
  if (known->has_duplicate_of()) *fetched.mutable_duplicate_of() = known->duplicate_of();
  *fetched.mutable_engagement_history() = known->engagement_history();
  fetched.set_story_id(known->story_id());
  if (known->has_story_evidence()) *fetched.mutable_story_evidence() = known->story_evidence();
  for (Media& media : *fetched.mutable_media()) {
    if (const Media* old = same_picture(*known, fetched, media); old != nullptr) carry_over(*old, media);
  }
  return fetched;
}

bool apply_picture(Item& item, const PictureResult& result) {
  const std::vector<Media*> found = find_media(item, result);
  for (Media* media : found) apply(result.media(), media);
  return !found.empty();
}

}  // namespace copytaster
