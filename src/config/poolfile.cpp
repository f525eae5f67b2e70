// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "config/poolfile.h"

#include "config/coretexts.h"
#include "config/optionnames.h"
#include "config/optiontable.h"
#include "config/peerlist.h"
#include "config/quotedtext.h"

#include <QtCore/QHash>
#include <QtCore/QStringDecoder>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr qsizetype LargestFile = 4 * 1024 * 1024;

/// Keys that look like credentials, which a pool file must not contain.
bool isCredential(QStringView key)
{
    return key.startsWith("user"_L1, Qt::CaseInsensitive)
           || key.startsWith("pass"_L1, Qt::CaseInsensitive)
           || key.contains("password"_L1, Qt::CaseInsensitive)
           || key.contains("secret"_L1, Qt::CaseInsensitive)
           || key.compare("pwd"_L1, Qt::CaseInsensitive) == 0;
}

} // namespace

class PoolFileParser
{
public:
    explicit PoolFileParser(const QString &path)
        : m_path(path)
    {
    }

    Expected<PoolFile> parse(const QByteArray &content);

private:
    Expected<void> parseBytes(QByteArrayView bytes);
    Expected<void> parseLine(QStringView line);
    Expected<void> beginSection(QStringView header);
    Expected<void> endSection();
    Expected<void> takeKey(const QString &key, QStringView rest);
    void warnUnknown(const QString &key);
    Expected<QString> readValue(const QString &key, QStringView rest) const;
    Unexpected<QString> fail(const QString &reason) const { return failAt(m_line, reason); }
    Unexpected<QString> failAt(int line, const QString &reason) const;

    const QString m_path;
    PoolFile m_file;
    PoolDefinition m_pool;
    bool m_isInSection = false;
    int m_sectionLine = 0;
    QHash<QString, int> m_keyLines; ///< of the current section
    QHash<QString, int> m_sectionLines;
    int m_line = 0;
};

Expected<PoolFile> PoolFileParser::parse(const QByteArray &content)
{
    if (content.size() > LargestFile)
        return Unexpected(CoreTexts::tr("%1 is no pool file: it is larger than 4 MiB").arg(m_path));
    QByteArrayView rest(content);
    if (rest.startsWith("\xef\xbb\xbf"))
        rest = rest.sliced(3);
    while (!rest.isEmpty()) {
        ++m_line;
        const qsizetype end = rest.indexOf('\n');
        if (const auto parsed = parseBytes(end < 0 ? rest : rest.first(end)); !parsed)
            return Unexpected(parsed.error());
        rest = end < 0 ? QByteArrayView() : rest.sliced(end + 1);
    }
    if (const auto ended = endSection(); !ended)
        return Unexpected(ended.error());
    if (m_file.m_pools.isEmpty())
        return Unexpected(
                CoreTexts::tr("%1 has no pool; a pool is [NAME] and peers = HOST, ...").arg(m_path));
    return m_file;
}

Expected<void> PoolFileParser::parseBytes(QByteArrayView bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString line = decoder(bytes);
    if (decoder.hasError() || line.contains(QChar(u'\0')))
        return fail(CoreTexts::tr("this is not text in UTF-8, which is what is allowed"));
    return parseLine(QStringView(line).trimmed());
}

Expected<void> PoolFileParser::parseLine(QStringView line)
{
    if (line.isEmpty() || line.startsWith(u'#') || line.startsWith(u';'))
        return {};
    if (line.startsWith(u'['))
        return beginSection(line);
    const qsizetype equals = line.indexOf(u'=');
    if (equals < 0)
        return fail(CoreTexts::tr("expected [NAME], KEY = VALUE or # comment"));
    return takeKey(line.first(equals).trimmed().toString(), line.sliced(equals + 1).trimmed());
}

Expected<void> PoolFileParser::beginSection(QStringView header)
{
    if (const auto ended = endSection(); !ended)
        return ended;
    const QString name = header.endsWith(u']')
                                 ? header.sliced(1, header.size() - 2).trimmed().toString()
                                 : QString();
    const OptionInfo &pool = optionInfo(Option::Pool);
    if (!pool.isAllowed(name))
        return fail(CoreTexts::tr("\"%1\" is no pool; allowed is [NAME] with %2")
                            .arg(header.toString(), pool.allowed()));
    const int former = m_sectionLines.value(name.toLower());
    if (former > 0)
        return fail(CoreTexts::tr("pool %1 is already in line %2; every pool is named once")
                            .arg(name, QString::number(former)));
    m_sectionLines.insert(name.toLower(), m_line);
    m_keyLines.clear();
    m_isInSection = true;
    m_sectionLine = m_line;
    m_pool = {};
    m_pool.name = name;
    m_pool.fromFile = true;
    m_pool.filePath = m_path;
    return {};
}

Expected<void> PoolFileParser::endSection()
{
    if (!m_isInSection)
        return {};
    m_isInSection = false;
    if (m_pool.peers.isEmpty())
        return failAt(m_sectionLine,
                      CoreTexts::tr("pool %1 has no peers; it needs peers = HOST, ...")
                              .arg(m_pool.name));
    m_file.m_pools.append(m_pool);
    return {};
}

Expected<void> PoolFileParser::takeKey(const QString &key, QStringView rest)
{
    if (key.isEmpty())
        return fail(CoreTexts::tr("a value stands without a key before '='"));
    // Check this first, so that no later message repeats the value.
    if (isCredential(key))
        return fail(CoreTexts::tr("key %1 is not allowed: pool files hold no secrets; user and "
                                  "password come from the application's QSqlDatabase")
                            .arg(key));
    if (!m_isInSection)
        return fail(CoreTexts::tr("key %1 stands before the first pool; allowed is [NAME] first")
                            .arg(key));
    const int former = m_keyLines.value(key.toLower());
    if (former > 0)
        return fail(CoreTexts::tr("key %1 is already in line %2; every key is given once")
                            .arg(key, QString::number(former)));
    m_keyLines.insert(key.toLower(), m_line);

    const bool isPeers = key.compare("peers"_L1, Qt::CaseInsensitive) == 0;
    const OptionInfo *info = findOption(key);
    if (!isPeers && !(info && info->policy)) {
        warnUnknown(key);
        return {};
    }
    const auto value = readValue(key, rest);
    if (!value)
        return Unexpected(value.error());
    if (isPeers) {
        const auto peers = PeerList::parse(*value, PeerAddress::DefaultPort,
                                           PeerList::Weights::Allowed);
        if (!peers)
            return fail(peers.error());
        m_pool.peers = *peers;
        return {};
    }
    if (const auto good = info->check(*value); !good)
        return fail(good.error());
    info->policy.set(*value, &m_pool.policy);
    return {};
}

void PoolFileParser::warnUnknown(const QString &key)
{
    const QString meant = closestOption(key).toLower();
    QString reason;
    if (findOption(key)) {
        reason = CoreTexts::tr("key %1 is ignored: it is a connect option, not a key of pool files")
                         .arg(key);
    } else if (!meant.isEmpty()) {
        reason = CoreTexts::tr("unknown key %1 is ignored; did you mean %2?").arg(key, meant);
    } else {
        reason = CoreTexts::tr("unknown key %1 is ignored").arg(key);
    }
    m_file.m_warnings.append(
            {m_line, key,
             CoreTexts::tr("%1, line %2: %3").arg(m_path, QString::number(m_line), reason)});
}

Expected<QString> PoolFileParser::readValue(const QString &key, QStringView rest) const
{
    if (!rest.startsWith(u'"'))
        return rest.toString();
    const auto quoted = QuotedText::read(rest, 0);
    if (!quoted || quoted->end != rest.size())
        return fail(CoreTexts::tr("the value of %1 begins with a double quote; allowed is %1 = "
                                  "\"...\" with every double quote inside written twice")
                            .arg(key));
    return quoted->text;
}

Unexpected<QString> PoolFileParser::failAt(int line, const QString &reason) const
{
    return Unexpected(CoreTexts::tr("%1, line %2: %3").arg(m_path, QString::number(line), reason));
}

Expected<PoolFile> PoolFile::parse(const QByteArray &content, const QString &path)
{
    return PoolFileParser(path).parse(content);
}

const PoolDefinition *PoolFile::find(QStringView name) const
{
    const auto found = std::ranges::find_if(m_pools, [name](const PoolDefinition &pool) {
        return name.compare(pool.name, Qt::CaseInsensitive) == 0;
    });
    return found == m_pools.end() ? nullptr : &*found;
}

QStringList PoolFile::poolNames() const
{
    QStringList names;
    for (const PoolDefinition &pool : m_pools)
        names.append(pool.name);
    return names;
}

} // namespace qproxysql
