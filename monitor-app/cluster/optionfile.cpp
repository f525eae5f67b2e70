// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/optionfile.h"

#include "cluster/ctltexts.h"

#include <QtCore/QDir>
#include <QtCore/QFile>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr qint64 LargestOptionFile = 1024 * 1024;

bool isForClients(const QString &section)
{
    return section == "client"_L1 || section == "client-server"_L1
           || section == "client-mariadb"_L1;
}

/// Removes quotes and resolves the escapes of the client library.
QString plainValue(QString text)
{
    const bool isQuoted = text.size() >= 2 && (text.front() == u'"' || text.front() == u'\'')
                          && text.back() == text.front();
    if (isQuoted)
        text = text.mid(1, text.size() - 2);
    QString plain;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text.at(i) != u'\\' || i + 1 == text.size()) {
            plain += text.at(i);
            continue;
        }
        const QChar escaped = text.at(++i);
        constexpr auto Letters = "ntrbs\\\"'"_L1;
        constexpr auto Meanings = "\n\t\r\b \\\"'"_L1;
        const qsizetype known = Letters.indexOf(escaped);
        plain += known < 0 ? u"\\"_s + escaped : QString(Meanings.at(known));
    }
    return plain;
}

/// An unquoted '#' in a value begins a comment.
QString withoutComment(const QString &text)
{
    QChar quote;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if (!quote.isNull())
            quote = c == quote ? QChar() : quote;
        else if ((c == u'"' || c == u'\'') && i == 0)
            quote = c;
        else if (c == u'#' && i > 0 && text.at(i - 1).isSpace())
            return text.left(i).trimmed();
    }
    return text;
}

} // namespace

Expected<OptionFile> OptionFile::read(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Unexpected(CtlTexts::tr("option file %1 cannot be read: %2")
                                  .arg(QDir::toNativeSeparators(path), file.errorString()));
    return parse(file.read(LargestOptionFile));
}

OptionFile OptionFile::parse(const QByteArray &content)
{
    OptionFile file;
    bool isHeard = false;
    const QStringList lines = QString::fromUtf8(content).split(u'\n');
    for (const QString &raw : lines) {
        const QString line = raw.trimmed();
        if (line.isEmpty() || line.startsWith(u'#') || line.startsWith(u';')
            || line.startsWith(u'!'))
            continue;
        if (line.startsWith(u'[')) {
            isHeard = isForClients(line.mid(1, line.indexOf(u']') - 1).trimmed());
            continue;
        }
        if (!isHeard)
            continue;
        const qsizetype equals = line.indexOf(u'=');
        const QString name =
                line.left(equals < 0 ? line.size() : equals).trimmed().replace(u'_', u'-');
        const QString value = equals < 0 ? u""_s : line.mid(equals + 1).trimmed();
        file.m_values.insert(name.toLower(), plainValue(withoutComment(value)));
    }
    return file;
}

} // namespace qproxysql
