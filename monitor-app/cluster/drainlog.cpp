// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/drainlog.h"

#include "drain/drainrequestjson.h"
#include "drain/plaintext.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QSysInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr auto FileName = "drain-log.jsonl"_L1;
constexpr auto FromKey = "from"_L1;
constexpr auto ProcessKey = "pid"_L1;
constexpr auto SchemaKey = "controlSchema"_L1;

QString ownOrigin()
{
    const QString host = QSysInfo::machineHostName();
    const QString client = qEnvironmentVariable("SSH_CONNECTION").section(u' ', 0, 0);
    return plainText(client.isEmpty() ? host : host + ", ssh from "_L1 + client,
                     DrainRequest::LongestText);
}

QJsonObject ownLine(const DrainRequest &entry, const QString &schema)
{
    QJsonObject line = jsonOf(entry);
    line.insert(ProcessKey, QCoreApplication::applicationPid());
    if (!schema.isEmpty())
        line.insert(SchemaKey, schema);
    return line;
}

} // namespace

DrainLog::DrainLog(const QString &folder)
    : m_lines(folder, FileName)
{
}

std::optional<DrainRefusal> DrainLog::append(const DrainRequest &entry, const QString &schema) const
{
    return m_lines.append({ownLine(entry, schema)});
}

std::optional<DrainRefusal> DrainLog::append(const DrainChange &change, const QString &schema) const
{
    QList<DrainRequest> replaced = change.before;
    replaced.removeIf([&](const DrainRequest &entry) { return change.after.contains(entry); });
    const QList<DrainRequest> known = replaced.isEmpty() ? QList<DrainRequest>() : read().entries;
    QList<QJsonObject> lines;
    for (const DrainRequest &entry : std::as_const(replaced)) {
        const bool isKnown = std::ranges::any_of(known, [&entry](const DrainRequest &one) {
            return one.generation == entry.generation && one.key() == entry.key();
        });
        if (!isKnown)
            lines.append(jsonOf(entry));
    }
    lines.append(ownLine(change.entry, schema));
    return m_lines.append(lines);
}

DrainLog::Reading DrainLog::read() const
{
    const JsonLines::Reading lines = m_lines.read();
    Reading reading{{}, lines.damaged, lines.refusal};
    for (const QJsonObject &line : lines.objects) {
        if (const auto entry = drainRequestOf(line))
            reading.entries.append(*entry);
        else
            ++reading.damaged;
    }
    return reading;
}

void DrainLog::addOrigin(DrainRequest *entry)
{
    entry->rest.insert(FromKey, ownOrigin());
}

QString DrainLog::originOf(const DrainRequest &entry)
{
    return plainText(entry.rest.value(FromKey).toString(), DrainRequest::LongestText);
}

} // namespace qproxysql
