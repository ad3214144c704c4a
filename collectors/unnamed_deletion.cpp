#include "collectors/unnamed_deletion.h"

#include <algorithm>

#include "core/strings.h"

namespace copytaster {

std::vector<std::string> ids_of_form(std::string_view form, const AccountRun& run) {
  std::vector<std::string> ids;
  const std::size_t place = form.find(kAnyName);
  if (place == std::string_view::npos) return ids;
  const std::string_view before = form.substr(0, place);
  const std::string_view behind = form.substr(place + 1);
  const auto add = [&](std::string_view name) {
    std::string id = str_cat(before, name, behind);
    if (!name.empty() && std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(std::move(id));
  };
  for (const Reread& known : run.newest) {
    std::string_view rest = known.item_id;
    if (consume_prefix(&rest, before)) add(rest.substr(0, rest.find('/')));
  }
  const std::string_view handle = run.account.handle();
  add(handle.substr(0, handle.find('@')));
  return ids;
}

}  // namespace copytaster
