// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/addpooldialog.h"

#include "window/dialogparts.h"
#include "window/loginkeeper.h"

#include <QtWidgets/QLabel>
#include <QtWidgets/QPlainTextEdit>

using namespace Qt::StringLiterals;

namespace qproxysql {

AddPoolDialog::AddPoolDialog(OwnPools pools, const LoginSource &login, QWidget *parent)
    : QDialog(parent)
    , m_pools(std::move(pools))
    , m_login(login)
    , m_name(new QLineEdit(this))
    , m_peers(new QLineEdit(this))
    , m_user(new QLineEdit(login.user, this))
    , m_password(new QLineEdit(this))
    , m_wrong(new QLabel(this))
    , m_results(new QPlainTextEdit(this))
{
    setWindowTitle(tr("Add Pool"));
    setAccessibleName(windowTitle());
    addFields();
    addButtons();
    connect(&m_prober, &PeerProber::probed, this, &AddPoolDialog::showResults);
    for (QLineEdit *edit : {m_name, m_peers, m_user})
        connect(edit, &QLineEdit::textChanged, this, &AddPoolDialog::check);
    check();
}

void AddPoolDialog::addFields()
{
    auto *const form = new QFormLayout(this);
    DialogParts::addLine(form, m_name, u"name"_s, tr("&Name:"),
                         tr("as applications call it, as in: orders"));
    m_peers->setMinimumWidth(fontMetrics().averageCharWidth() * 50);
    DialogParts::addLine(form, m_peers, u"peers"_s, tr("&Peers:"),
                         u"db1:3306, db2:3306, db3:3306"_s);
    DialogParts::addLine(form, m_user, u"user"_s, tr("&User:"),
                         tr("none: only what applications report is seen"));
    m_password->setEchoMode(QLineEdit::Password);
    DialogParts::addLine(form, m_password, u"password"_s, tr("Pass&word:"));
    m_wrong->setWordWrap(true);
    m_wrong->setTextFormat(Qt::PlainText);
    form->addRow(m_wrong);
    m_results->setReadOnly(true);
    m_results->setTabChangesFocus(true);
    m_results->setAccessibleName(tr("Results of the connection test"));
    m_results->setPlaceholderText(tr("The connection test's results appear here."));
    m_results->setMaximumHeight(fontMetrics().lineSpacing() * 8);
    form->addRow(m_results);
}

void AddPoolDialog::addButtons()
{
    auto *const box = new QDialogButtonBox(this);
    m_add = DialogParts::addButton(box, tr("&Add"), QDialogButtonBox::AcceptRole, u"add"_s);
    m_add->setDefault(true);
    DialogParts::addButton(box, tr("&Cancel"), QDialogButtonBox::RejectRole);
    m_test = DialogParts::addButton(box, tr("&Test Connection"), QDialogButtonBox::ActionRole,
                                    u"test"_s);
    connect(m_test, &QPushButton::clicked, this, &AddPoolDialog::test);
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(box, &QDialogButtonBox::accepted, this, &AddPoolDialog::add);
    static_cast<QFormLayout *>(layout())->addRow(box);
}

void AddPoolDialog::check()
{
    const bool isBegun = !m_name->text().isEmpty() || !m_peers->text().isEmpty();
    const QString wrong = m_pools.wrongWith(m_name->text(), m_peers->text());
    m_wrong->setText(isBegun ? wrong : QString());
    m_add->setEnabled(wrong.isEmpty());
    m_test->setEnabled(OwnPools::parsePeers(m_peers->text()).hasValue()
                       && !m_user->text().trimmed().isEmpty() && !m_prober.isProbing());
}

void AddPoolDialog::test()
{
    const auto peers = OwnPools::parsePeers(m_peers->text());
    if (!peers)
        return;
    m_login.user = m_user->text().trimmed();
    m_tested = m_login.with(m_password->text());
    if (!m_tested.login) {
        m_results->setPlainText(m_tested.error);
        return;
    }
    QList<PeerProber::Request> requests;
    for (const PeerDefinition &peer : *peers) {
        FullConnectRequest request;
        request.peer = peer.address;
        request.login = *m_tested.login;
        request.driver = PoolPolicy().peerDriver;
        requests.append({QString(), request});
    }
    m_results->setPlainText(tr("Connecting to %n peer(s)...", nullptr, int(requests.size())));
    m_prober.probe(requests);
    m_test->setEnabled(false);
}

void AddPoolDialog::showResults(const QList<PeerProbe> &probes)
{
    QStringList lines;
    for (const PeerProbe &probe : probes) {
        if (probe.isUp())
            lines.append(tr("%1: good, %2, %3 ms")
                                 .arg(probe.peer.name(), probe.facts.version,
                                      locale().toString(probe.connectMs.value_or(0), 'f', 1)));
        else
            lines.append(tr("%1: failed, %2").arg(probe.peer.name(), probe.message()));
        if (probe.isUp() && !probe.serverList.isChecked)
            lines.append(
                    tr("    its list of sessions is not seen: %1").arg(probe.serverList.whyNot));
    }
    if (std::ranges::any_of(probes, &PeerProbe::isLoginRefused))
        lines.append(LoginSource::tlsHint(m_tested.login->options));
    lines.removeAll(QString());
    m_results->setPlainText(lines.join(u'\n'));
    check();
}

void AddPoolDialog::add()
{
    const QString name = m_name->text().trimmed();
    const QString error = m_pools.add(name, m_peers->text());
    if (!error.isEmpty()) {
        m_wrong->setText(error);
        return;
    }
    Q_EMIT added(name, m_user->text().trimmed(), m_password->text());
    accept();
}

} // namespace qproxysql
