// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "drain/draindocument.h"

#include "config/coretexts.h"
#include "drain/drainrequestjson.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr auto FormatKey = "format"_L1;
constexpr auto EntriesKey = "entries"_L1;

} // namespace

Expected<DrainDocument> DrainDocument::parse(const QByteArray &text)
{
    QJsonParseError parseError;
    const QJsonDocument json = QJsonDocument::fromJson(text, &parseError);
    if (parseError.error != QJsonParseError::NoError)
        return Unexpected(CoreTexts::tr("it is not JSON: %1 (at byte %2)")
                                  .arg(parseError.errorString())
                                  .arg(parseError.offset));
    const QJsonObject object = json.object();
    const qint64 format = object.value(FormatKey).toInteger(0);
    if (format < 1 || format > std::numeric_limits<int>::max())
        return Unexpected(CoreTexts::tr(
                "\"format\" is missing or is not understood; allowed is a whole number from 1"));
    if (!object.value(EntriesKey).isArray())
        return Unexpected(
                CoreTexts::tr("\"entries\" is missing or is not understood; allowed is a list"));

    DrainDocument document;
    document.format = int(format);
    document.rest = object;
    document.rest.remove(FormatKey);
    document.rest.remove(EntriesKey);
    const QJsonArray entries = object.value(EntriesKey).toArray();
    if (entries.size() > MostEntries)
        return Unexpected(CoreTexts::tr("\"entries\" has %1 entries; allowed are at most %2")
                                  .arg(entries.size())
                                  .arg(MostEntries));
    for (qsizetype i = 0; i < entries.size(); ++i) {
        const auto entry = drainRequestOf(entries.at(i).toObject());
        if (entry) {
            document.entries.append(*entry);
            continue;
        }
        const QString line = CoreTexts::tr("entry %1: %2").arg(i + 1).arg(entry.error());
        if (!document.isOfNewerFormat())
            return Unexpected(line);
        document.leftOut.append(line);
    }
    return document;
}

QByteArray DrainDocument::toJson() const
{
    QJsonArray list;
    for (const DrainRequest &entry : entries)
        list.append(jsonOf(entry));
    QJsonObject object = rest;
    object.insert(FormatKey, format);
    object.insert(EntriesKey, list);
    return QJsonDocument(object).toJson();
}

} // namespace qproxysql
