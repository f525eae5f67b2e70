// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/logindialog.h"

#include "window/filechoice.h"
#include "window/passwordkeychain.h"

#include <QtWidgets/QCheckBox>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QToolButton>

using namespace Qt::StringLiterals;

namespace qproxysql {

LoginDialog::LoginDialog(const QString &source, const LoginSource &known, const QString &why,
                         QWidget *parent)
    : QDialog(parent)
    , m_user(new QLineEdit(known.user, this))
    , m_password(new QLineEdit(this))
    , m_ca(new QLineEdit(known.tls.ca, this))
    , m_cert(new QLineEdit(known.tls.cert, this))
    , m_key(new QLineEdit(known.tls.key, this))
{
    setWindowTitle(tr("Account for %1").arg(source));
    setAccessibleName(windowTitle());
    auto *const form = new QFormLayout(this);
    const QString what = tr(
            "With an account of its own the window sees connect times and, with the "
            "right PROCESS, everybody's sessions.");
    auto *const text = new QLabel(why.isEmpty() ? what : why, this);
    text->setWordWrap(true);
    text->setTextFormat(Qt::PlainText);
    text->setMinimumWidth(fontMetrics().averageCharWidth() * 56);
    form->addRow(text);
    m_user->setObjectName(u"user"_s);
    m_user->setAccessibleName(tr("User"));
    m_password->setObjectName(u"password"_s);
    m_password->setEchoMode(QLineEdit::Password);
    m_password->setAccessibleName(tr("Password"));
    form->addRow(tr("&User:"), m_user);
    form->addRow(tr("&Password:"), m_password);
    if (PasswordKeychain::isAvailable()) {
        m_keep = new QCheckBox(tr("&Keep it in the keychain"), this);
        m_keep->setAccessibleName(tr("Keep it in the keychain"));
        form->addRow(m_keep);
    }
    addTlsFields(form);
    auto *const box = new QDialogButtonBox(this);
    auto *const login = box->addButton(tr("&Log In"), QDialogButtonBox::AcceptRole);
    login->setObjectName(u"login"_s);
    login->setAccessibleName(tr("Log in"));
    login->setDefault(true);
    login->setEnabled(!known.user.isEmpty());
    auto *const cancel = box->addButton(tr("&Cancel"), QDialogButtonBox::RejectRole);
    cancel->setAccessibleName(tr("Cancel"));
    form->addRow(box);
    connect(m_user, &QLineEdit::textChanged, login,
            [login](const QString &name) { login->setEnabled(!name.trimmed().isEmpty()); });
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(box, &QDialogButtonBox::accepted, this, [this] {
        Q_EMIT typed({m_user->text().trimmed(), {}, {}, tls()}, m_password->text(),
                     m_keep && m_keep->isChecked());
        accept();
    });
    (known.user.isEmpty() ? m_user : m_password)->setFocus();
}

void LoginDialog::addTlsFields(QFormLayout *form)
{
    const auto add = [this, form](QLineEdit *edit, const QString &object, const QString &label,
                                  const QString &name, const QString &hint) {
        edit->setObjectName(object);
        edit->setAccessibleName(name);
        edit->setPlaceholderText(hint);
        auto *const browse = new QToolButton(this);
        browse->setText(u"..."_s);
        browse->setAccessibleName(tr("Choose: %1").arg(name));
        connect(browse, &QToolButton::clicked, this, [this, edit, name] {
            const FileChoice choice{name,
                                    {tr("Certificates and keys (*.pem *.crt *.key)"),
                                     tr("All files (*)")}};
            choice.open(this, [edit](const QString &path) { edit->setText(path); });
        });
        auto *const row = new QHBoxLayout;
        row->addWidget(edit);
        row->addWidget(browse);
        form->addRow(label, row);
        qobject_cast<QLabel *>(form->labelForField(row))->setBuddy(edit);
    };
    add(m_ca, u"ca"_s, tr("C&A certificate:"), tr("CA certificate"), tr("none: without TLS"));
    add(m_cert, u"cert"_s, tr("Cl&ient certificate:"), tr("Client certificate"),
        tr("only where the account requires one"));
    add(m_key, u"key"_s, tr("Client k&ey:"), tr("Client key"), {});
}

TlsFiles LoginDialog::tls() const
{
    return TlsFiles{m_ca->text().trimmed(), m_cert->text().trimmed(), m_key->text().trimmed()}
            .absolute();
}

} // namespace qproxysql
