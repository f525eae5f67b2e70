// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/jsonlines.h"

#include <QtCore/QJsonDocument>

namespace qproxysql {

namespace {

/// A file grows beyond its limit by what was appended last.
constexpr qint64 Excess = 4 * 1024 * 1024;

} // namespace

JsonLines::JsonLines(const QString &folder, const QString &name, qint64 mostBytes,
                     SharedFolder::Sync sync)
    : m_folder(folder)
    , m_name(name)
    , m_mostBytes(mostBytes)
    , m_sync(sync)
{
}

std::optional<DrainRefusal> JsonLines::append(const QList<QJsonObject> &objects) const
{
    QByteArray lines;
    for (const QJsonObject &object : objects)
        lines += QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
    if (lines.isEmpty())
        return {};
    if (const auto refusal = m_folder.prepare())
        return refusal;
    return m_folder.append(m_name, lines, m_mostBytes, m_sync);
}

JsonLines::Reading JsonLines::read() const
{
    Reading reading;
    readFile(m_name + SharedFolder::oldSuffix(), &reading);
    readFile(m_name, &reading);
    return reading;
}

void JsonLines::readFile(const QString &name, Reading *reading) const
{
    const auto content = m_folder.read(name, m_mostBytes + Excess);
    if (!content) {
        reading->refusal = content.error();
        return;
    }
    const QList<QByteArray> lines = content->value_or(QByteArray()).split('\n');
    for (const QByteArray &line : lines) {
        if (line.trimmed().isEmpty())
            continue;
        const QJsonDocument document = QJsonDocument::fromJson(line);
        if (document.isObject())
            reading->objects.append(document.object());
        else
            ++reading->damaged;
    }
}

} // namespace qproxysql
