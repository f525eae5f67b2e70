// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "config/poolfilestore.h"

#include "config/coretexts.h"
#include "config/logging.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QHash>
#include <QtCore/QSet>
#include <QtCore/QStandardPaths>

#include <mutex>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr char ConfigVariable[] = "QPROXYSQL_CONFIG";
constexpr int MostBrokenContentsRemembered = 64;

struct Entry
{
    QByteArray content;
    std::shared_ptr<const PoolFile> lastGood;
    quint64 readTicket = 0; ///< of the newest read that was accepted
    bool isBroken = false;
    QSet<QByteArray> brokenContents; ///< hashes of invalid contents that were logged
    QSet<QString> warnedKeys;
};

Expected<QByteArray> readFile(const QString &path)
{
    QFile file(path);
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly)) {
        const QString reason = QFileInfo::exists(path) && !QFileInfo(path).isFile()
                                       ? CoreTexts::tr("it is no file")
                               : QFileInfo::exists(path) ? file.errorString()
                                                         : CoreTexts::tr("there is no such file");
        return Unexpected(CoreTexts::tr("pool file %1 cannot be read: %2").arg(path, reason));
    }
    return file.readAll();
}

/// Log lines, written by the destructor after the mutex is released: a message handler of the
/// application may itself open a connection.
class LogLines
{
public:
    LogLines() = default;
    ~LogLines()
    {
        for (const QString &text : std::as_const(warnings))
            qCWarning(lcConfig).noquote() << text;
        if (!recovery.isEmpty())
            qCInfo(lcConfig).noquote() << recovery;
    }
    Q_DISABLE_COPY_MOVE(LogLines)

    QStringList warnings;
    QString recovery;
};

void noteBroken(Entry &entry, const Expected<QByteArray> &content, const QString &error,
                LogLines *lines)
{
    entry.isBroken = true;
    const QByteArray key = QCryptographicHash::hash(content ? *content : content.error().toUtf8(),
                                                    QCryptographicHash::Sha256);
    if (entry.brokenContents.contains(key))
        return;
    if (entry.brokenContents.size() >= MostBrokenContentsRemembered)
        entry.brokenContents.clear();
    entry.brokenContents.insert(key);
    lines->warnings.append(error
                           + (entry.lastGood ? " - the last good version stays in force"_L1
                                             : " - it has no effect"_L1));
}

void noteUnknownKeys(Entry &entry, LogLines *lines)
{
    for (const PoolFile::Warning &warning : entry.lastGood->warnings()) {
        const QString key = warning.key.toLower();
        if (entry.warnedKeys.contains(key))
            continue;
        entry.warnedKeys.insert(key);
        lines->warnings.append(warning.text);
    }
}

} // namespace

struct PoolFileStore::State
{
    std::mutex mutex;
    QHash<QString, Entry> entries;
    quint64 tickets = 0;
};

PoolFileStore::PoolFileStore()
    : m_state(new State)
{
}

PoolFileStore &PoolFileStore::instance()
{
    static auto *store = new PoolFileStore;
    return *store;
}

Expected<std::shared_ptr<const PoolFile>> PoolFileStore::read(const QString &path)
{
    const QString absolutePath = QFileInfo(path).absoluteFilePath();
    quint64 ticket = 0;
    {
        const std::lock_guard lock(m_state->mutex);
        ticket = ++m_state->tickets;
    }
    const Expected<QByteArray> content = readFile(absolutePath);

    LogLines lines; // outlives the lock
    const std::lock_guard lock(m_state->mutex);
    Entry &entry = m_state->entries[absolutePath];
    // A newer read may have finished first. Do not replace its result by an older one.
    if (ticket < entry.readTicket && entry.lastGood)
        return entry.lastGood;
    entry.readTicket = std::max(entry.readTicket, ticket);

    const bool isUnchanged = entry.lastGood && content && *content == entry.content;
    if (!isUnchanged) {
        const auto parsed = content ? PoolFile::parse(*content, absolutePath)
                                    : Expected<PoolFile>(Unexpected(content.error()));
        if (!parsed) {
            noteBroken(entry, content, parsed.error(), &lines);
            if (!entry.lastGood)
                return Unexpected(parsed.error());
            return entry.lastGood;
        }
        entry.lastGood = std::make_shared<const PoolFile>(*parsed);
        entry.content = *content;
        noteUnknownKeys(entry, &lines);
    }
    if (entry.isBroken)
        lines.recovery = "pool file "_L1 + absolutePath + " can be read again"_L1;
    entry.isBroken = false;
    return entry.lastGood;
}

QString PoolFileStore::defaultPath()
{
    if (qEnvironmentVariableIsSet(ConfigVariable))
        return qEnvironmentVariable(ConfigVariable);
    return QStandardPaths::locate(QStandardPaths::GenericConfigLocation, u"qproxysql.ini"_s);
}

} // namespace qproxysql
