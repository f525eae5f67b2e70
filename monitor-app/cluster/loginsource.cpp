// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/loginsource.h"

#include "cluster/ctltexts.h"
#include "cluster/optionfile.h"

#include <QtCore/QProcess>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr int CommandTimeout = 120'000; // a person may have to enter a key

/// Other TLS settings of the option file that QMYSQL supports.
QString otherTlsOptions(const OptionFile &file)
{
    constexpr std::pair<QLatin1StringView, QLatin1StringView> Names[] =
            {{"ssl-capath"_L1, "SSL_CAPATH"_L1}, {"ssl-cipher"_L1, "SSL_CIPHER"_L1}};
    QString options;
    for (const auto &[name, option] : Names) {
        const QString value = file.value(name);
        if (!value.isEmpty() && !value.contains(u';'))
            options += u';' + option + u'=' + value;
    }
    return options;
}

} // namespace

QString LoginSource::tlsHint(const QString &options)
{
    return options.contains("SSL_"_L1)
                   ? QString()
                   : CtlTexts::tr(
                           "The account may require TLS, and this session had none: name the CA "
                           "certificate (--ssl-ca FILE, in an application's options SSL_CA=FILE).");
}

QString LoginSource::Reading::hint() const
{
    if (!login)
        return {};
    QStringList hints;
    if (login->password.isEmpty())
        hints.append(CtlTexts::tr(
                "No password was given. Set QPROXYSQL_PASSWORD or use --password-command."));
    hints.append(tlsHint(login->options));
    hints.removeAll(QString());
    return hints.join(u' ');
}

LoginSource::Reading LoginSource::read() const
{
    OptionFile file;
    if (!defaultsFile.isEmpty()) {
        const auto found = OptionFile::read(defaultsFile);
        if (!found)
            return {.error = found.error(), .isUsageError = true};
        file = *found;
    }
    LoginSource source = *this;
    if (user.isEmpty())
        source.user = file.value(u"user"_s);
    if (source.user.isEmpty() && !file.value(u"password"_s).isEmpty())
        source.user = qEnvironmentVariable("USER");
    if (source.user.isEmpty()) {
        const QString error = errorWithoutUser();
        return {.error = error, .isUsageError = !error.isEmpty()};
    }
    source.tls = tls.completedBy(
            {file.value(u"ssl-ca"_s), file.value(u"ssl-cert"_s), file.value(u"ssl-key"_s)});
    QString password = file.value(u"password"_s);
    if (!passwordCommand.isEmpty()) {
        const auto printed = passwordOfCommand();
        if (!printed)
            return {.error = printed.error()};
        password = *printed;
    } else if (qEnvironmentVariableIsSet("QPROXYSQL_PASSWORD")) {
        password = qEnvironmentVariable("QPROXYSQL_PASSWORD");
    } else if (asksForPassword && password.isNull()) {
        return {.lacksPassword = true, .user = source.user};
    }
    Reading reading = source.with(password);
    if (reading.login)
        reading.login->options += otherTlsOptions(file);
    return reading;
}

LoginSource::Reading LoginSource::with(const QString &password) const
{
    if (const QString error = tls.problem(); !error.isEmpty())
        return {.error = error, .isUsageError = true};
    InnerLogin login;
    login.user = user;
    login.password = password;
    login.options = tls.options();
    return {.login = login};
}

QString LoginSource::errorWithoutUser() const
{
    if (!defaultsFile.isEmpty())
        return CtlTexts::tr("option file %1 names no user in [client]; give --user NAME beside it")
                .arg(defaultsFile);
    if (!passwordCommand.isEmpty())
        return CtlTexts::tr("--password-command needs --user NAME beside it");
    return tls.isEmpty() ? QString()
                         : CtlTexts::tr(
                                 "--ssl-ca, --ssl-cert and --ssl-key need --user NAME beside them");
}

Expected<QString> LoginSource::passwordOfCommand() const
{
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.setInputChannelMode(QProcess::ForwardedInputChannel);
    process.start(u"/bin/sh"_s, {u"-c"_s, passwordCommand});
    const bool hasEnded = process.waitForFinished(CommandTimeout);
    if (!hasEnded || process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0) {
        const QString why = hasEnded ? CtlTexts::tr("it ended with %1").arg(process.exitCode())
                                     : process.errorString();
        if (!hasEnded) {
            process.kill();
            process.waitForFinished();
        }
        return Unexpected(
                CtlTexts::tr("the password command failed: %1. It must print the password "
                             "and end with 0 within %2 s")
                        .arg(why)
                        .arg(CommandTimeout / 1000));
    }
    QString line = QString::fromUtf8(process.readAllStandardOutput());
    line.truncate(line.indexOf(u'\n') < 0 ? line.size() : line.indexOf(u'\n'));
    return line;
}

} // namespace qproxysql
