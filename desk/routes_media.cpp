// Pictures.
#include "desk/api.h"
#include "desk/route_table.h"

namespace copytaster {

std::vector<Route> media_routes() {
  return {
      {"GET",
       "/media/{sha256}",
       "getMedia",
       "A picture by the SHA-256 of its bytes.",
       false,
       {in_path("sha256", "64 hex digits; a file extension is ignored."),
        whole_number("edge",
                     "A JPEG of at most so many pixels on its longer side, 16 to 4096; at most 480 of what "
                     "may not be exported."),
        field("story",
              "A story's id: the whole picture with caption, credit, source, alt text and terms of use, as "
              "the story has them, written into the file (IPTC in XMP and IIM). JPEG, PNG and WebP."),
        whole_number("download", "1, with story: as a file to save, under a name that can be read.")},
       {{200, "image/*", "The picture.", ""},
        {302, "text/plain", "With story, without download: words cannot be written into it; as it came.", ""},
        {400, kJson, "A parameter is wrong, or the file is broken.", "Error"},
        {404, kJson, "No such picture, or the story has no such picture.", "Error"},
        {409, kJson,
         "Its rights are refused, or it may only be shown where it was posted: no file is given. With edge a "
         "small picture is, for the desk's own view.",
         "Error"},
        {413, kJson, "The picture or its words are too large.", "Error"},
        {503, kJson, "A small picture of what may not be exported cannot be made just now.", "Error"},
        {415, kJson, "Words cannot be written into this kind of file.", "Error"}},
       get_media},
  };
}

}  // namespace copytaster
