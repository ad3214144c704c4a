#include "core/rights.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/text.h"
#include "desk/draft.h"
#include "desk/escape.h"
#include "desk/picture_words.h"
#include "desk/sources.h"

namespace copytaster {
namespace {

class MarkdownWriter {
 public:
  MarkdownWriter(const Draft& draft, const Sources& sources, const ExportOptions& options)
      : draft_(draft), sources_(sources), options_(options) {}

  std::string write() {
    if (!draft_.notice().empty()) str_append(&out_, "> **", escape_markdown(draft_.notice()), "**\n\n");
    for (const Block& block : draft_.blocks()) {
      if (is_for_print(block)) print(block);
    }
    list("Sections", [](const Block& block) { return block.kind() == "section"; });
    list("People", [](const Block& block) { return block.rule() == "official"; });
    list("Posts this rests on", [](const Block& block) { return block.rule() == "post"; });
    list("Other headline", is_other_headline);
    list("For the editor", is_remark);
    str_append(&out_, "---\n\n*", escape_markdown(kDraftReminder), "*\n\n");
    for (const Note& note : sources_.notes()) footnote(note);
    return std::move(out_);
  }

 private:
  std::string marks(const Block& block) const {
    std::string out;
    for (const int number : sources_.numbers(block)) str_append(&out, "[^", number, "]");
    return out;
  }

  void print(const Block& block) {
    const std::string text = escape_markdown(block.text());
    if (block.kind() == "headline") {
      str_append(&out_, "# ", text, " ", marks(block), "\n\n");
    } else if (block.kind() == "standfirst") {
      str_append(&out_, "**", text, "** ", marks(block), "\n\n");
    } else if (block.kind() == "quote") {
      quote(block);
    } else if (block.kind() == "picture") {
      picture(block);
    } else if (block.kind() == "background") {
      str_append(&out_, text, marks(block));
      const std::string link = markdown_destination(block.support(0).url());
      if (!link.empty() && block.rule() == "reported") str_append(&out_, " ([our article](<", link, ">))");
      out_ += "\n\n";
    } else {
      str_append(&out_, text, marks(block), "\n\n");
    }
  }

  // Lines of a quote stay lines; the words stay as they are.
  void quote(const Block& block) {
    const QuoteMarks around = quote_marks(block.language());
    std::string words;
    for (const std::string_view line : split(block.text(), '\n')) {
      if (!words.empty()) words += line.empty() ? "\n>" : "\n> ";
      words += escape_markdown(line);
    }
    str_append(&out_, "> ", around.open, words, around.close, marks(block), "\n>\n> — ",
               escape_markdown(speaker_line(block, sources_.first(block))), "\n\n");
  }

  void picture(const Block& block) {
    const StoryPicture& picture = block.picture();
    const Item& item = sources_.picture_item(block);
    const std::string href = picture_href(options_, picture, item);
    const std::string& alt = picture.alt_text().empty() ? block.text() : picture.alt_text();
    if (const std::string link = markdown_destination(item.url()); !may_export_file(picture.rights())) {
      if (!link.empty()) str_append(&out_, "[The picture in its post](<", link, ">)\n\n");
    } else if (!href.empty()) {
      str_append(&out_, "![", escape_markdown(alt), "](<", href, ">)\n\n");
    }
    str_append(&out_, "*", escape_markdown(strip_space(block.text())), "*", marks(block), "\\\n",
               escape_markdown(picture.attribution().credit_line()), "\n\n");
    for (const std::string& mark : picture_marks(picture, item))
      str_append(&out_, "**", escape_markdown(mark), "**\n\n");
  }

  template <typename Wanted>
  void list(std::string_view title, Wanted wanted) {
    bool any = false;
    for (const Block& block : draft_.blocks()) {
      if (is_for_print(block) || !wanted(block)) continue;
      if (!any) str_append(&out_, "## ", title, "\n\n");
      any = true;
      const std::string about = block.kind() == "section" ? topics(block) : std::string();
      str_append(&out_, "- ", escape_markdown(block.text()), about, marks(block), "\n");
    }
    if (any) out_ += "\n";
  }

  // " (70 % sure; medtop:20000639)"
  std::string topics(const Block& block) const {
    for (const SectionMatch& section : draft_.sections()) {
      if (section.name() != block.text() && section.id() != block.text()) continue;
      std::string out = str_cat(" (", percent_of(section.confidence()), " % sure");
      for (const std::string& topic : section.media_topics()) str_append(&out, "; ", escape_markdown(topic));
      return out + ")";
    }
    return "";
  }

  void footnote(const Note& note) {
    str_append(&out_, "[^", note.number, "]: ", escape_markdown(note.who_where_when()), ": ",
               escape_markdown(note.which_bytes()), ".");
    const std::string link = markdown_destination(note.support.url());
    if (!link.empty()) str_append(&out_, " <", link, ">");
    out_ += "\n";
  }

  const Draft& draft_;
  const Sources& sources_;
  const ExportOptions& options_;
  std::string out_;
};

}  // namespace

absl::StatusOr<std::string> export_markdown(const Draft& draft, const StoreReader& reader,
                                            const ExportOptions& options) {
  CT_ASSIGN_OR_RETURN(const Sources sources, Sources::of(draft, reader));
  return MarkdownWriter(draft, sources, options).write();
}

}  // namespace copytaster
